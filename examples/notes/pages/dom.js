// The little that is needed of a framework.

export const isViewer = document.documentElement.dataset.window === "viewer";
export const $ = (id) => document.getElementById(id);

/** An element, with text, properties and children. */
export function element(tag, { text = "", data = {}, ...properties } = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  Object.assign(made.dataset, data);
  made.append(text, ...children);
  return made;
}

/** A picture out of the page's templates. */
export function icon(name) {
  return $(`icon-${name}`).content.cloneNode(true);
}

/** Text, with what stands between backticks as code. */
export function prose(text) {
  return text.split("`").map((part, index) => (index % 2 === 1 ? element("code", { text: part }) : part));
}

/** Text, with what was searched for marked. */
export function marked(text, searched) {
  const at = searched === "" ? -1 : text.toLowerCase().indexOf(searched.toLowerCase());
  if (at < 0) return [text];
  const end = at + searched.length;
  return [text.slice(0, at), element("mark", { text: text.slice(at, end) }), text.slice(end)];
}

/** `1 note`, `12,000 notes` */
export function count(number, one, several = `${one}s`) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : several}`;
}

/** `820 bytes`, `1.4 MB` */
export function size(bytes) {
  if (bytes < 1000) return count(bytes, "byte");
  const [unit, each] = bytes < 1e6 ? ["kB", 1e3] : ["MB", 1e6];
  const number = bytes / each;
  return `${number.toLocaleString("en", { maximumFractionDigits: number < 10 ? 1 : 0 })} ${unit}`;
}

const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

/** When, for a line of a list: the time of today, or the day. */
export function day(milliseconds) {
  const date = new Date(milliseconds);
  const now = new Date();
  if (midnight(date) === midnight(now)) return date.toLocaleTimeString([], { timeStyle: "short" });
  const sameYear = date.getFullYear() === now.getFullYear();
  return date.toLocaleDateString([], { day: "numeric", month: "short", ...(sameYear ? {} : { year: "numeric" }) });
}

/** When, for a heading above several: `Today`, `Yesterday`, `March 2026`. */
export function period(milliseconds) {
  const date = new Date(milliseconds);
  const days = Math.round((midnight(new Date()) - midnight(date)) / 86_400_000);
  if (days <= 0) return "Today";
  if (days === 1) return "Yesterday";
  if (days < 7) return "The last seven days";
  return date.toLocaleDateString([], { month: "long", year: "numeric" });
}
