# What R says about correlations, relative weights, shares and the mean of means. Optional: the tests use
# shared_vision.json, which this writes.
#
#   Rscript tests/oracles/shared_vision.R > tests/oracles/shared_vision.json      (some seconds; needs psych)
#
# Johnson's weights are computed here with eigen() and lm(), sharing nothing with assessment/statistics.

suppressPackageStartupMessages(library(psych))

json <- function(x) {
  if (is.list(x)) {
    body <- vapply(x, json, "")
    return(paste0("{", paste0('"', names(x), '": ', body, collapse = ",\n"), "}"))
  }
  if (is.matrix(x)) return(paste0("[", paste(apply(x, 1, function(row) json(I(unname(row)))), collapse = ", "), "]"))
  cell <- formatC(unclass(x), digits = 15, width = 1, format = "g"); cell[is.na(x)] <- "null"
  if (length(cell) == 1 && !inherits(x, "AsIs")) cell else paste0("[", paste(cell, collapse = ", "), "]")
}

# Park & Miller 1988, as in statistics.R and tests/statistics/conftest.py.
lehmer <- function(seed, count) {
  out <- numeric(count)
  for (i in seq_len(count)) { seed <- (16807 * seed) %% 2147483647; out[i] <- seed / 2147483647 }
  out
}

# 60 people, five companions and an outcome that share one uniform each.
n <- 60; k <- 5; shares <- c(.2, .35, .5, .6, .3, .55)
u <- matrix(lehmer(11, n * (k + 2)), n, k + 2, byrow = TRUE)
x <- sapply(seq_len(k + 1), function(j) shares[j] * u[, 1] + (1 - shares[j]) * u[, j + 1])

johnson <- function(x) {
  R <- cor(x); p <- ncol(x) - 1
  e <- eigen(R[1:p, 1:p]); L <- e$vectors %*% diag(sqrt(e$values)) %*% t(e$vectors)
  as.vector(L^2 %*% (solve(L) %*% R[1:p, p + 1])^2)
}
set.seed(2000)
drawn <- replicate(20000, johnson(x[sample(n, n, TRUE), ]))
fit <- summary(lm(x[, k + 1] ~ x[, 1:k]))

# the same with holes: every seventh value of a variable, shifted by its number
holes <- x; for (j in seq_len(k + 1)) holes[seq(j, n, by = 7), j] <- NA
pairs <- t(combn(k + 1, 2))
tests <- apply(pairs, 1, function(p) {
  t <- cor.test(holes[, p[1]], holes[, p[2]]); c(p, t$parameter + 2, t$estimate, t$conf.int)
})
partial <- apply(pairs, 1, function(p) {
  r <- cor(resid(lm(x[, p[1]] ~ x[, -p])), resid(lm(x[, p[2]] ~ x[, -p]))); c(p, r, r.con(r, n - (k - 1)))
})

a <- x[1:12, 1]; b <- x[13:40, 2] * 3
welch <- t.test(a, b)
shares_of <- rbind(c(0, 12), c(3, 10), c(187, 247), c(25, 25))
wilson <- t(apply(shares_of, 1, function(s) suppressWarnings(prop.test(s[1], s[2], correct = FALSE))$conf.int))

cat(json(list(
  weights = I(johnson(x)), r_squared = fit$r.squared, adjusted = fit$adj.r.squared,
  low = I(apply(drawn, 1, quantile, .025)), high = I(apply(drawn, 1, quantile, .975)),
  tests = t(tests), partial = t(partial), first_component = prcomp(x, scale. = TRUE)$sdev[1]^2 / (k + 1),
  welch = list(means = I(c(mean(a), mean(b))), ses = I(c(sd(a) / sqrt(12), sd(b) / sqrt(28))), dfs = I(c(11, 27)),
               df = unname(welch$parameter), se = welch$stderr, reach = diff(welch$conf.int) / 2),
  shares = shares_of, wilson = wilson
)), "\n")
