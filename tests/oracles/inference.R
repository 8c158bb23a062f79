# What R says about designs (package survey) and comparisons (base R). Optional: the tests use inference.json.
#
#   apt-get install r-base-core r-cran-survey
#   Rscript tests/oracles/inference.R > tests/oracles/inference.json      (a few seconds)
#
# All data are made here and printed with the results. Effect sizes are worked out by hand from R's distributions.

suppressPackageStartupMessages(library(survey))
options(warn = -1, survey.lonely.psu = "adjust")

json <- function(x) {
  if (is.data.frame(x)) x <- lapply(as.list(x), I)
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

lehmer <- function(seed, count) {
  out <- numeric(count)
  for (i in seq_len(count)) { seed <- (16807 * seed) %% 2147483647; out[i] <- seed / 2147483647 }
  out
}

# ---- designs: 7 units of unequal size, three roles in them, elected members in none; some people have no score
sizes <- c(A = 9, B = 4, C = 12, D = 1, E = 6, F = 5, G = 3)
people <- data.frame(unit = rep(names(sizes), sizes))
u <- matrix(lehmer(2026, 3 * (nrow(people) + 6)), ncol = 3, byrow = TRUE)
people <- rbind(people, data.frame(unit = rep("", 6)))
people$role <- ifelse(people$unit == "", "elected", c("agent", "agent", "agent", "manager", "executive")[1 + floor(5 * u[, 1])])
people$y <- 1 + floor(5 * (0.5 * u[, 2] + 0.5 * (match(people$unit, c(names(sizes), "")) %% 4) / 4))
people$scored <- !(seq_len(nrow(people)) %in% c(3, 17, 30, 40))
people$w <- 1 + seq_len(nrow(people)) %% 3
people$headcount <- c(A = 20, B = 8, C = 15, D = 2, E = 6, F = 9, G = 30)[ifelse(people$unit == "", NA, people$unit)]

estimate <- function(design, of = rep(TRUE, nrow(people))) {
  part <- subset(design, of & scored)
  m <- svymean(~y, part)
  df <- degf(part)
  list(mean = coef(m)[[1]], se = SE(m)[[1]], df = df, low = confint(m, df = df)[1], high = confint(m, df = df)[2])
}

inside <- people$unit != ""
people$psu <- ifelse(inside, people$unit, paste0("alone", seq_len(nrow(people))))
people$kind <- ifelse(inside, "unit", "alone")
people$one <- 1
members <- people[inside, ]
members_of <- function(design, of = rep(TRUE, nrow(members))) {
  part <- subset(design, of & scored)
  m <- svymean(~y, part); df <- degf(part)
  list(mean = coef(m)[[1]], se = SE(m)[[1]], df = df, low = confint(m, df = df)[1], high = confint(m, df = df)[2])
}
members$M <- 20
people$M <- ifelse(inside, 20, 1e9)   # as good as infinite: those who stand alone have no correction
clusters <- svydesign(id = ~unit, weights = ~one, data = members)
clusters_fpc <- svydesign(id = ~unit, weights = ~one, fpc = ~M, data = members)
clusters_w <- svydesign(id = ~unit, weights = ~w, data = members)
mixed <- svydesign(id = ~psu, strata = ~kind, weights = ~one, data = people)
mixed_fpc <- svydesign(id = ~psu, strata = ~kind, weights = ~one, fpc = ~M, data = people)
mixed_w <- svydesign(id = ~psu, strata = ~kind, weights = ~w, data = people)

clustered <- list(
  members = members_of(clusters), members_fpc = members_of(clusters_fpc), members_weighted = members_of(clusters_w),
  managers = members_of(clusters, members$role == "manager"),
  managers_fpc = members_of(clusters_fpc, members$role == "manager"),
  everyone = estimate(mixed), everyone_fpc = estimate(mixed_fpc), everyone_weighted = estimate(mixed_w))

# Raking of the members to headcounts of units and of roles; shares of the respondents' number, so that the mean is the
# same and the weights are those of the kit. Units are strata with a finite population.
headcounts <- c(A = 20, B = 8, C = 15, D = 2, E = 6, F = 9, G = 30)
roles <- c(agent = 60, executive = 8, manager = 22)
n <- nrow(members)
by_unit <- data.frame(unit = names(headcounts), Freq = n * headcounts / sum(headcounts))
by_role <- data.frame(role = names(roles), Freq = n * roles / sum(roles))
raked_of <- function(design) rake(design, list(~role, ~unit), list(by_role, by_unit), control = list(maxit = 5000, epsilon = 1e-13))
simple <- raked_of(svydesign(id = ~1, weights = ~one, data = members))
strata <- raked_of(svydesign(id = ~1, strata = ~unit, fpc = ~headcount, weights = ~one, data = members))
as_given <- svydesign(id = ~1, weights = weights(simple), data = members)
raked <- list(
  weights = I(unname(weights(simple))), strata = members_of(strata), strata_agents = members_of(strata, members$role == "agent"),
  strata_unit_c = members_of(strata, members$unit == "C"), simple = members_of(simple), as_given = members_of(as_given))

# ---- comparisons
round_scores <- function(seed, n, shift) 1 + floor(16 * pmin(0.999, pmax(0, lehmer(seed, n) + shift))) / 4
samples <- list(first = round_scores(11, 23, 0.1), second = round_scores(12, 41, -0.05), third = round_scores(13, 9, 0.2),
                fourth = round_scores(14, 30, 0))

ncp_limit <- function(t, df, p) {          # the ncp under which t is the p-quantile
  f <- function(ncp) pt(t, df, ncp) - p
  uniroot(f, c(t - 12, t + 12), tol = 1e-13)$root
}
hedges <- function(x, y) {
  n1 <- length(x); n2 <- length(y); df <- n1 + n2 - 2
  s <- sqrt(((n1 - 1) * var(x) + (n2 - 1) * var(y)) / df)
  d <- (mean(x) - mean(y)) / s; k <- sqrt(1 / n1 + 1 / n2)
  J <- exp(lgamma(df / 2) - log(sqrt(df / 2)) - lgamma((df - 1) / 2))
  list(g = J * d, g_low = J * k * ncp_limit(d / k, df, 0.975), g_high = J * k * ncp_limit(d / k, df, 0.025))
}
welch <- function(x, y, delta) {
  t <- t.test(x, y); inner <- t.test(x, y, conf.level = 0.90)$conf.int
  c(list(difference = mean(x) - mean(y), low = t$conf.int[1], high = t$conf.int[2], df = t$parameter[[1]], p = t$p.value,
         t = t$statistic[[1]], inner_low = inner[1], inner_high = inner[2],
         p_equivalent = max(t.test(x, y, mu = -delta, alternative = "greater")$p.value,
                            t.test(x, y, mu = delta, alternative = "less")$p.value)), hedges(x, y))
}
long <- data.frame(y = unlist(samples), g = rep(names(samples), lengths(samples)))
several <- function(long) {
  w <- oneway.test(y ~ g, long); a <- anova(lm(y ~ g, long)); n <- nrow(long)
  ss <- a[["Sum Sq"]]; ms <- a[["Mean Sq"]]; df <- a[["Df"]]
  list(f = w$statistic[[1]], df1 = w$parameter[[1]], df2 = w$parameter[[2]], p = w$p.value,
       eta_squared = ss[1] / sum(ss), omega_squared = (ss[1] - df[1] * ms[2]) / (sum(ss) + ms[2]))
}
pairs <- combn(names(samples), 2, simplify = FALSE)
p <- vapply(pairs, function(one) t.test(samples[[one[1]]], samples[[one[2]]])$p.value, 0)
names(p) <- vapply(pairs, paste, "", collapse = "-")

before <- round_scores(21, 35, 0); after <- pmin(5, pmax(1, before + (round_scores(22, 35, 0.05) - 3)))
paired <- function(x, y) {                # Algina & Keselman 2003: the unit is the root mean square of the two sd
  d <- x - y; n <- length(d); t <- t.test(d); unit <- sqrt((var(x) + var(y)) / 2); k <- sd(d) / sqrt(n) / unit
  J <- exp(lgamma((n - 1) / 2) - log(sqrt((n - 1) / 2)) - lgamma((n - 2) / 2)); s <- t$statistic[[1]]
  list(difference = mean(d), low = t$conf.int[1], high = t$conf.int[2], df = n - 1, p = t$p.value, t = s,
       g = J * mean(d) / unit, g_low = J * k * ncp_limit(s, n - 1, 0.975), g_high = J * k * ncp_limit(s, n - 1, 0.025))
}
one_sample <- function(x, mu) {
  t <- t.test(x, mu = mu); n <- length(x); s <- t$statistic[[1]]; J <- exp(lgamma((n - 1) / 2) - log(sqrt((n - 1) / 2)) - lgamma((n - 2) / 2))
  list(mu = mu, difference = mean(x) - mu, low = t$conf.int[1] - mu, high = t$conf.int[2] - mu, p = t$p.value,
       g = J * (mean(x) - mu) / sd(x), g_low = J / sqrt(n) * ncp_limit(s, n - 1, 0.975), g_high = J / sqrt(n) * ncp_limit(s, n - 1, 0.025))
}
# Jacobson & Truax 1991: the standard error of a difference from the reliability and the sd of the first wave
reliable <- function(x, y, r) {
  z <- (y - x) / (sd(x) * sqrt(2 * (1 - r)))
  list(reliability = r, threshold = 1.96 * sd(x) * sqrt(2 * (1 - r)), improved = sum(z > 1.96), worse = sum(z < -1.96),
       unchanged = sum(abs(z) <= 1.96))
}

cat(json(list(
  people = people[, c("unit", "role", "y", "scored", "w")], clustered = clustered,
  raking = c(list(headcounts = headcounts, roles = roles), raked),
  samples = lapply(samples, I),
  welch = list("first-second" = welch(samples$first, samples$second, 0.5), "third-fourth" = welch(samples$third, samples$fourth, 1.5)),
  several = several(long), pairs = list(p = p, holm = p.adjust(p, "holm")),
  pair = c(list(before = I(before), after = I(after)), paired(after, before)),
  one_sample = one_sample(samples$second, 3.25), reliable = list(reliable(before, after, 0.9), reliable(before, after, 0.7)))), "\n", sep = "")
