type Value = string | number | boolean | null | undefined;

/** The method and path of an operation's key, with params filled in (encoded) and the query's set values appended. */
export function urlOf(
  key: string,
  params: Readonly<Record<string, unknown>> = {},
  query: Readonly<Record<string, unknown>> = {},
): { method: string; url: string } {
  const space = key.indexOf(" ");
  const path = key.slice(space + 1).replaceAll(/:([a-zA-Z]+)/g, (_, name: string) => {
    const value = params[name];
    if (typeof value !== "string" || value === "") throw new TypeError(`${key} needs ${name}`);
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (isSet(value)) search.set(name, String(value));
  }
  const text = search.toString();
  return { method: key.slice(0, space), url: text ? `${path}?${text}` : path };
}

const isSet = (value: unknown): value is Exclude<Value, null | undefined> =>
  ["string", "number", "boolean"].includes(typeof value) && value !== "";
