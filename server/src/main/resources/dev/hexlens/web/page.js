// What all pages need. Text from outside only ever becomes text: nothing here takes markup.

/** An element with attributes, a class being one of them, and children: elements or texts. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? '' : value);
    }
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export const byId = (id) => document.getElementById(id);

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** A number for people; a dash where it is not known. */
export function number(value) {
  return value === null || value === undefined ? '–' : whole.format(value);
}

export function rate(value) {
  return value >= 100 ? whole.format(value) : fine.format(value);
}

/** Bytes in powers of ten. */
export function bytes(value) {
  if (value === null || value === undefined) {
    return '–';
  }
  let unit = 'B';
  for (const larger of ['kB', 'MB', 'GB', 'TB']) {
    if (value < 1000) {
      break;
    }
    value /= 1000;
    unit = larger;
  }
  return `${fine.format(value)} ${unit}`;
}

/** Seconds as people say them. */
export function duration(seconds) {
  if (seconds < 10) {
    return `${seconds.toFixed(1)} s`;
  }
  if (seconds < 60) {
    return `${Math.round(seconds)} s`;
  }
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${Math.floor(seconds % 60)} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function plural(count, one, many = `${one}s`) {
  return `${number(count)} ${count === 1 ? one : many}`;
}

/** The same, roughly: for what is guessed. */
export function roughly(seconds) {
  if (seconds < 90) {
    return `${Math.max(1, Math.round(seconds))} s`;
  }
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${fine.format(seconds / 3600)} h`;
}
