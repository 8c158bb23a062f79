// Numbers and words for people. Pure functions; Python has usually written the text already.

const formats = new Map();

function numberFormat(language) {
  if (!formats.has(language)) formats.set(language, new Intl.NumberFormat(language, { maximumFractionDigits: 2 }));
  return formats.get(language);
}

/** A table cell's text: numbers in the language's way, an en dash where there is no value. */
export function cellText(value, language) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  if (typeof value === "number") return numberFormat(language).format(value);
  return String(value);
}

/** Vega's number locale for a language: French has a comma and a narrow no-break space. */
export function numberLocale(language) {
  return language === "fr"
    ? { decimal: ",", thousands: "\u202f", grouping: [3], currency: ["", "\u00a0€"], percent: "\u202f%" }
    : { decimal: ".", thousands: ",", grouping: [3], currency: ["€", ""] };
}

const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);

/** Vega's time locale for a language, from the browser's own names of days and months. */
export function timeLocale(language) {
  const names = (options, dates) =>
    dates.map((date) => {
      const name = new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" }).format(date);
      return language === "en" ? capital(name) : name;
    });
  const days = [...Array(7).keys()].map((day) => new Date(Date.UTC(2023, 0, 1 + day)));
  const months = [...Array(12).keys()].map((month) => new Date(Date.UTC(2023, month, 1)));
  const french = language === "fr";
  return {
    dateTime: french ? "%A %e %B %Y à %X" : "%a %b %e %X %Y",
    date: french ? "%d/%m/%Y" : "%m/%d/%Y",
    time: "%H:%M:%S",
    periods: ["AM", "PM"],
    days: names({ weekday: "long" }, days),
    shortDays: names({ weekday: "short" }, days),
    months: names({ month: "long" }, months),
    shortMonths: names({ month: "short" }, months),
  };
}
