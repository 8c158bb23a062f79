// Numbers as people type them, and as they are shown again. Pure functions.

const DECIMAL = { fr: ",", en: "." };

/**
 * The number that a text says in a language; null for an empty text, NaN for what is no number or could be two.
 * Spaces group thousands in French, commas in English. "1.5" is one and a half in French too; "1.234" could be either
 * there, and is refused.
 */
export function parsedNumber(text, language) {
  const plain = text.replace(/[\s\u00a0\u202f]/g, "").replace(/^\u2212/, "-");
  if (plain === "") return null;
  const usual = language === "fr" ? french(plain) : plain.replace(/,(?=\d{3}(\D|$))/g, "");
  return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(usual) ? Number(usual) : NaN;
}

function french(plain) {
  if (plain.includes(",")) return plain.includes(".") ? "?" : plain.replace(",", ".");
  return /^[+-]?[1-9]\d{0,2}\.\d{3}$/.test(plain) ? "?" : plain;
}

/** A number as one types it in a language: no grouping, so that it can be changed where it stands. */
export function typedNumber(value, language) {
  if (value === null || value === undefined || Number.isNaN(value)) return "";
  return String(value).replace(".", DECIMAL[language] ?? ".");
}

/** A number as one reads it in a language. */
export function readNumber(value, language) {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 6 }).format(value);
}

/** Why a number cannot stand in a field: [the word that says so, its values], or null. */
export function numberFault(value, { kind, min, max }, language) {
  if (Number.isNaN(value)) return ["not_number", {}];
  if (value === null) return null;
  if (kind !== "decimal" && !Number.isInteger(value)) return ["not_whole", {}];
  if (min !== null && min !== undefined && value < min) return ["too_small", { min: readNumber(min, language) }];
  if (max !== null && max !== undefined && value > max) return ["too_large", { max: readNumber(max, language) }];
  return null;
}

/** The cells of a table copied from a spreadsheet: rows of texts. */
export function pastedCells(text) {
  const rows = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
  return rows.map((row) => row.split("\t"));
}

/** Sums of the numbers of a grid (rows of numbers, null where there is none): by row, by column, and of all. */
export function totals(rows, width) {
  const sum = (numbers) => numbers.reduce((total, number) => total + (Number.isFinite(number) ? number : 0), 0);
  const columns = Array.from({ length: width }, (_, column) => sum(rows.map((row) => row[column])));
  return { rows: rows.map(sum), columns, all: sum(columns) };
}
