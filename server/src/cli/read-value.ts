/** What was typed is JSON where it can be read as such, and text where not. */
export function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
