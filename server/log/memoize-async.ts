/**
 * Answers each question once: whoever asks the same again gets the same answer. For one batch, within which nothing
 * is to change.
 */
export function memoizeAsync<Args extends readonly string[], T>(
  ask: (...args: Args) => Promise<T>,
): (...args: Args) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return (...args) => {
    const key = args.join("\n");
    const answer = answers.get(key) ?? ask(...args);
    answers.set(key, answer);
    return answer;
  };
}
