/** A text without ids and request numbers, whose digits may look like those of a room or a phone. */
export const worded = (text: string): string => text.replaceAll(/[0-9a-f]{24}|[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/g, "");
