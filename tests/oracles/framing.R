# Chances that at least `least` of `people` answer, each with probability `rate`: base R's pbinom.
# Rscript tests/oracles/framing.R > tests/oracles/framing.json
cases <- expand.grid(people = c(9, 12, 16, 25, 44, 300), rate = c(0.3, 0.6, 0.85), least = c(10, 11))
chance <- pbinom(cases$least - 1, cases$people, cases$rate, lower.tail = FALSE)
rows <- sprintf('  [%d, %.2f, %d, %.15g]', cases$people, cases$rate, cases$least, chance)
cat('[\n', paste(rows, collapse = ",\n"), '\n]\n', sep = "")
