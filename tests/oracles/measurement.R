# What R says about measurement: intervals of reliability, polychoric correlations, agreement with other nulls, ICC by
# REML, discriminant validity, Mahalanobis distance with missing answers. Optional: the tests use measurement.json.
#
#   apt-get install r-base-core r-cran-psych r-cran-multilevel r-cran-lavaan r-cran-nlme
#   Rscript tests/oracles/measurement.R > tests/oracles/measurement.json      (from the project's folder, seconds)
#
# All data are made here, by the generator of statistics.R, which Python repeats exactly (tests/statistics/conftest.py).

suppressPackageStartupMessages({library(psych); library(multilevel); library(lavaan); library(nlme)})
options(warn = -1)
for (one in parse("tests/oracles/statistics.R"))
  if (is.call(one) && identical(one[[1]], as.name("<-")) && as.character(one[[2]]) %in% c("json", "lehmer", "answers"))
    eval(one)

# Omega as a defined parameter: its standard error by the delta method from the expected information, and the ends of
# the interval by its logit.
omega <- function(seed, n, shares, options) {
  X <- answers(seed, n, shares, options); k <- ncol(X); x <- colnames(X)
  model <- c(paste("f =~", paste0("l", 1:k, "*", x, collapse = " + ")), paste0(x, " ~~ t", 1:k, "*", x),
    paste0("common := (", paste0("l", 1:k, collapse = " + "), ")^2"),
    paste0("omega := common / (common + ", paste0("t", 1:k, collapse = " + "), ")"), "logit := log(omega / (1 - omega))")
  e <- parameterEstimates(cfa(paste(model, collapse = "\n"), data = as.data.frame(X), std.lv = TRUE))
  at <- function(name) e[e$lhs == name & e$op == ":=", ]
  alpha <- suppressMessages(psych::alpha(as.data.frame(X), warnings = FALSE))$total$raw_alpha
  ci <- alpha.ci(alpha, n, k)
  list(seed = seed, n = n, shares = I(shares), options = options, omega = at("omega")$est, se = at("omega")$se,
       low = plogis(at("logit")$ci.lower), high = plogis(at("logit")$ci.upper),
       alpha = alpha, alpha_low = ci$lower.ci, alpha_high = ci$upper.ci)
}

# Two-step polychoric correlations; lavaan's, and psych's (its search stops at 1e-4).
polychorics <- function(seed, n, shares, options) {
  X <- as.data.frame(answers(seed, n, shares, options))
  R <- unclass(lavCor(X, ordered = names(X), se = "none", estimator = "two.step", optim.method = "nlminb1",
                      control = list(rel.tol = 1e-12)))
  P <- polychoric(X, correct = 0)$rho
  list(seed = seed, n = n, shares = I(shares), options = options, lower = I(R[lower.tri(R)]), psych = I(P[lower.tri(P)]))
}

# Agreement: the groups of statistics.R (one single member, one polarised).
sizes <- c(1, 2, 3, 8, 20, 12)
G <- answers(7, sum(sizes), c(0.3, 0.5, 0.4, 0.2), 7)
g <- rep(seq_along(sizes), sizes)
G[g == 6, ] <- ifelse(G[g == 6, ] > 4, 7, 1)
agreement <- list(r_star_wg_j = I(rwg.j.lindell(G, g, ranvar = 4)$rwg.lindell),
  rwg_j_2.9 = I(rwg.j(G, g, ranvar = 2.9)$rwg.j), awg = I(awg(G, g, range = c(1, 7))$a.wg))

# One-way random effects by REML: unequal groups of which one is a single; groups that differ less than by chance.
reml <- function(y, g) {
  fit <- lme(y ~ 1, random = ~1 | g, data = data.frame(y, g = factor(g)), method = "REML",
             control = lmeControl(tolerance = 1e-14, msTol = 1e-14, opt = "nlminb", maxIter = 500, msMaxIter = 500))
  v <- as.numeric(VarCorr(fit)[, 1])
  list(icc1 = v[1] / sum(v), n = I(as.vector(table(g))), mean = I(as.vector(tapply(y, g, mean))),
       variance = I(as.vector(tapply(y, g, var))), mean_grand = unname(fixef(fit)))
}
n_g <- c(1, 4, 9, 15, 30, 6, 2, 12)
unit <- rep(seq_along(n_g), n_g)
spread <- lehmer(31, length(n_g))
y <- rowMeans(answers(17, sum(n_g), c(0.3, 0.5, 0.4), 5)) + 2 * spread[unit]
faint <- rowMeans(answers(17, sum(n_g), c(0.3, 0.5, 0.4), 5)) + 0.5 * spread[unit]

# Two scales that share something: correlation, corrected for attenuation, HTMT with arithmetic and geometric means.
common <- lehmer(5, 150)
A <- floor(5 * (0.5 * common + 0.5 * (answers(11, 150, c(0.6, 0.5, 0.7), 100) - 1) / 100)) + 1
B <- floor(5 * (0.4 * common + 0.6 * (answers(12, 150, c(0.5, 0.6, 0.4, 0.6), 100) - 1) / 100)) + 1
B[, 2] <- 6 - B[, 2]   # left unreversed: absolute correlations
R <- abs(cor(cbind(A, B)))
hetero <- R[1:3, 4:7]; a <- R[1:3, 1:3][lower.tri(diag(3))]; b <- R[4:7, 4:7][lower.tri(diag(4))]
geometric <- function(x) exp(mean(log(x)))
log_htmt <- function(X, w) {   # under weights, for each respondent's influence by differences
  r <- abs(cov2cor(cov.wt(X, w / sum(w), method = "ML")$cov))
  log(mean(r[1:3, 4:7]) / sqrt(mean(r[1:3, 1:3][lower.tri(diag(3))]) * mean(r[4:7, 4:7][lower.tri(diag(4))])))
}
X <- cbind(A, B); n <- nrow(X); step <- 1e-5
influence <- sapply(1:n, function(i) {
  one <- rep(1, n) / n; moved <- function(e) { w <- (1 - e) * one; w[i] <- w[i] + e; log_htmt(X, w) }
  (moved(step) - moved(-step / n)) / (step + step / n)
})
B[, 2] <- 6 - B[, 2]
alphas <- sapply(list(A, B), function(X) suppressMessages(psych::alpha(as.data.frame(X), warnings = FALSE))$total$raw_alpha)
r <- cor(rowMeans(A), rowMeans(B))
pair <- list(log_htmt_se = sqrt(sum(influence^2)) / n, htmt = mean(hetero) / sqrt(mean(a) * mean(b)), htmt2 = geometric(hetero) / sqrt(geometric(a) * geometric(b)),
  correlation = r, alphas = I(alphas),
  corrected = correct.cor(matrix(c(1, r, r, 1), 2), alphas)[1, 2])   # psych puts the corrected one above the diagonal

M <- answers(21, 60, c(0.5, 0.6, 0.4, 0.5), 5)
M[cbind(c(3, 10, 10, 44), c(1, 2, 3, 4))] <- NA
careless <- list(mahalanobis = I(unname(outlier(M, plot = FALSE))), chi_999 = I(qchisq(0.999, c(2, 4, 19, 50))))

cat(json(list(
  source = paste0(R.version.string, "; psych ", packageVersion("psych"), ", multilevel ", packageVersion("multilevel"),
                  ", lavaan ", packageVersion("lavaan"), ", nlme ", packageVersion("nlme"), "; tests/oracles/measurement.R"),
  omegas = list(omega(2024, 200, c(0.5, 0.6, 0.4, 0.5, 0.3), 7), omega(3, 60, c(0.5, 0.6, 0.7), 5),
                omega(8, 500, c(0.7, 0.7, 0.6, 0.5, 0.6, 0.5, 0.4), 5)),
  polychorics = list(polychorics(8, 300, c(0.6, 0.5, 0.6, 0.4), 5), polychorics(9, 120, c(0.5, 0.5, 0.4), 2),
                     polychorics(10, 80, c(0.7, 0.5, 0.6), 7)),
  agreement = agreement, reml = list(reml(y, unit), reml(faint, unit)), pair = pair, careless = careless)), "\n")
