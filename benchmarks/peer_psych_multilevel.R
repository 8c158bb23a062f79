# R psych and multilevel on one dimension (twelve answer columns and the unit): alpha, rwg(j), AD, ICC from aov, t
# intervals by unit. Prints the CPU seconds of the work. Rscript peer_psych_multilevel.R answers.csv
suppressMessages({library(psych); library(multilevel)})
file <- commandArgs(TRUE)[1]
answers <- read.csv(file, check.names = FALSE)
unit <- answers$unit
items <- setdiff(names(answers), "unit")
reality <- answers[items[grepl("reality$", items)]]
vision <- answers[items[grepl("vision$", items)]]
gap <- vision - reality
names(gap) <- sub("vision", "tension", names(vision))

interval <- function(x) { x <- x[!is.na(x)]; t.test(x)$conf.int }
work <- function() {
  for (block in list(reality, vision, gap)) {
    complete <- complete.cases(block)
    alpha <- suppressWarnings(psych::alpha(block[complete, ], warnings = FALSE, check.keys = FALSE))$total$raw_alpha
    score <- ifelse(rowSums(!is.na(block)) >= 3, rowMeans(block, na.rm = TRUE), NA)
    ends <- tapply(score, unit, interval)
    whole <- interval(score)
    model <- aov(score ~ as.factor(unit), na.action = na.omit)
    icc <- c(ICC1(model), ICC2(model))
    if (!identical(block, gap)) {
      agreement <- rwg.j(block[complete, ], unit[complete], ranvar = 2)
      deviation <- ad.m(block[complete, ], unit[complete], type = "mean")
    }
  }
}
spent <- system.time(work())
cat(sum(spent[c("user.self", "sys.self")]), "\n")
