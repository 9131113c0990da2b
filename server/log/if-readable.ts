/**
 * The result of `work` on stored documents; null when a value has a type that the program does not write, so that the
 * documents cannot be read. Verification reports them instead of ending.
 */
export async function ifReadable<T>(work: () => T | Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError) return null;
    throw error;
  }
}
