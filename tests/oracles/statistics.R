# What R says about the numbers of assessment/statistics. Optional: the tests use statistics.json, which this writes.
#
#   apt-get install r-base-core r-cran-psych r-cran-multilevel r-cran-lavaan r-cran-survey
#   Rscript tests/oracles/statistics.R > tests/oracles/statistics.json      (about a minute)
#
# All data are made here (a Lehmer generator that Python repeats exactly, tests/statistics/conftest.py) or stand inline.

suppressPackageStartupMessages({library(psych); library(multilevel); library(lavaan); library(survey)})
options(warn = -1, survey.lonely.psu = "adjust")

json <- function(x) {
  if (is.list(x) || (!is.null(names(x)) && length(x) > 0)) {
    body <- vapply(x, json, "")
    if (is.null(names(x))) return(paste0("[", paste(body, collapse = ",\n"), "]"))
    return(paste0("{", paste0('"', names(x), '": ', body, collapse = ",\n"), "}"))
  }
  plain <- unclass(x)
  cell <- if (is.character(plain)) paste0('"', plain, '"') else if (is.logical(plain)) tolower(plain) else
    formatC(plain, digits = 15, width = 1, format = "g")
  cell[is.na(plain)] <- "null"
  if (inherits(x, "AsIs")) paste0("[", paste(cell, collapse = ", "), "]") else cell
}

# Park & Miller 1988: exact in double precision.
lehmer <- function(seed, count) {
  out <- numeric(count)
  for (i in seq_len(count)) { seed <- (16807 * seed) %% 2147483647; out[i] <- seed / 2147483647 }
  out
}

# n people, one common uniform each; item j takes `shares[j]` of it, the rest is its own.
answers <- function(seed, n, shares, options) {
  k <- length(shares)
  u <- matrix(lehmer(seed, n * (k + 1)), n, k + 1, byrow = TRUE)
  x <- sapply(seq_len(k), function(j) 1 + floor(options * (shares[j] * u[, 1] + (1 - shares[j]) * u[, j + 1])))
  colnames(x) <- paste0("x", seq_len(k))
  x
}

one_factor <- function(S, n, start = NULL) {
  names <- paste0("x", seq_len(ncol(S))); dimnames(S) <- list(names, names)
  terms <- if (is.null(start)) names else paste0("start(", start, ")*", names)
  fit <- tryCatch(cfa(paste("f =~", paste(terms, collapse = " + ")), sample.cov = S, sample.nobs = n, std.lv = TRUE,
                      se = "none"), error = function(e) NULL)
  if (is.null(fit) || !lavInspect(fit, "converged")) return(list(converged = FALSE))
  raw <- parameterEstimates(fit, se = FALSE)
  loading <- raw$est[raw$op == "=~"]
  rest <- raw$est[raw$op == "~~" & raw$lhs %in% names]
  std <- standardizedSolution(fit, se = FALSE)$est.std[raw$op == "=~"]
  c(list(converged = TRUE, smallest_uniqueness = min(rest / (loading^2 + rest)),
         loadings = I(std * sign(sum(std))), omega = sum(loading)^2 / (sum(loading)^2 + sum(rest))),
    as.list(unclass(fitMeasures(fit, c("chisq", "df", "cfi", "tli", "rmsea", "srmr")))))
}

matrix_of <- function(lower) {
  k <- (1 + sqrt(1 + 8 * length(lower))) / 2
  S <- diag(k); S[upper.tri(S)] <- lower; S[lower.tri(S)] <- t(S)[lower.tri(S)]
  S   # `lower` runs r21, r31, r32, r41, ...
}

factor_case <- function(lower, n, start = NULL) c(list(correlations = I(lower), n = n), one_factor(matrix_of(lower), n, start))

# Two clusters, two minima: lavaan's own start ends in the higher one (chi-square 228), another start in the lower.
two_clusters <- c(0.7, 0.3, 0.25, 0.2, 0.3, 0.65, 0.25, 0.2, 0.35, 0.6)

factors <- list(
  three_items = factor_case(c(0.5, 0.4, 0.3), 120),
  three_items_heywood = factor_case(c(0.8, 0.7, 0.4), 120),
  three_items_negative_triad = factor_case(c(0.3, 0.3, -0.3), 120),
  four_items_heywood = factor_case(c(0.8, 0.7, 0.4, 0.6, 0.35, 0.3), 200),
  mixed_signs = factor_case(c(0.5, -0.4, -0.3, 0.45, 0.5, -0.35, 0.3, 0.35, -0.25, 0.4), 150),
  two_clusters_higher_minimum = factor_case(two_clusters, 250),
  two_clusters_lower_minimum = factor_case(two_clusters, 250, c(0.3, 0.3, 0.7, 0.9, 0.6)),
  fits_better_than_chance = factor_case(c(0.42, 0.35, 0.30, 0.28, 0.24, 0.20), 90))

sample_of <- function(s) {
  k <- 4 + s %% 3; n <- 12 + 2 * (s %% 11)
  shares <- 0.1 + 0.6 * lehmer(1000 + s, k)
  c(list(seed = s, n = n, k = k), one_factor(cov(answers(s, n, shares, 5)), n))
}
samples <- lapply(1:40, sample_of)

# Reliability, with the fourth item left unreversed.
X <- answers(2024, 200, c(0.5, 0.6, 0.4, 0.5, 0.3), 7); X[, 4] <- 8 - X[, 4]
A <- suppressMessages(alpha(as.data.frame(X), check.keys = FALSE, warnings = FALSE))
reliability <- list(alpha = A$total$raw_alpha, r_drop = I(A$item.stats$r.drop), alpha_drop = I(A$alpha.drop$raw_alpha),
                    mean = I(unname(colMeans(X))), covariance = I(as.vector(cov(X))))

# Agreement and ANOVA: six groups, four items, seven options; the last group is polarised.
sizes <- c(1, 2, 3, 8, 20, 12)
G <- answers(7, sum(sizes), c(0.3, 0.5, 0.4, 0.2), 7)
g <- rep(seq_along(sizes), sizes)
G[g == 6, ] <- ifelse(G[g == 6, ] > 4, 7, 1)
score <- rowMeans(G)
table <- summary(aov(score ~ factor(g)))[[1]]
agreement <- list(sizes = I(sizes), rwg_j = I(rwg.j(G, g, ranvar = (7^2 - 1) / 12)$rwg.j), ad = I(ad.m(G, g)$AD.M),
  ms_between = table[1, 3], ms_within = table[2, 3], df_between = table[1, 1], df_within = table[2, 1],
  icc1_mean_n = ICC1(aov(score ~ factor(g))), icc2 = ICC2(aov(score ~ factor(g))))

# Survey means. Stratum 2 has one respondent of ten ("adjust"), stratum 4 is fully observed, stratum 5 has no headcount.
n_h <- c(5, 1, 7, 4, 6); N_h <- c(6, 10, 70, 4, Inf)
h <- rep(1:5, n_h)
y <- 1 + floor(50 * lehmer(99, sum(n_h))) / 10
y[h == 2] <- 5.5
w <- 0.5 + floor(20 * lehmer(98, sum(n_h))) / 10
D <- data.frame(y, w, h, N = N_h[h])
told <- function(design) {
  m <- svymean(~y, design)
  c(mean = unname(coef(m)), se = unname(SE(m)[1]), df = degf(design), low = confint(m, df = degf(design))[1], high = confint(m, df = degf(design))[2])
}
finite <- subset(D, N < Inf)
means <- list(
  simple = told(svydesign(ids = ~1, weights = ~1, data = transform(D, one = 1))),
  weighted = told(svydesign(ids = ~1, weights = ~w, data = D)),
  stratified = told(svydesign(ids = ~1, strata = ~h, weights = ~rep(1, nrow(D)), fpc = ~N, data = D)),
  stratified_population = told(svydesign(ids = ~1, strata = ~h, fpc = ~N, data = finite)),
  weighted_stratified = told(svydesign(ids = ~1, strata = ~h, weights = ~w, fpc = ~N, data = D)),
  weighted_stratified_no_lonely = told(svydesign(ids = ~1, strata = ~h, weights = ~w, fpc = ~N, data = subset(D, h != 2))))

student <- list(qt_975 = I(qt(0.975, c(1, 2, 5.5, 30, 1993, 1e6))), pt = I(pt(c(-8, -2, -0.1, 0, 1.5, 40), c(3, 1, 7.25, 2, 2000, 12))))

cat(json(list(
  source = paste0(R.version.string, "; psych ", packageVersion("psych"), ", multilevel ", packageVersion("multilevel"),
                  ", lavaan ", packageVersion("lavaan"), ", survey ", packageVersion("survey"), "; tests/oracles/statistics.R"),
  factors = factors, samples = samples, reliability = reliability, agreement = agreement, means = means, student = student)), "\n")
