// Answers of a pure function of a text, kept while they are asked for: what is on the screen is asked for at each frame.

/** Forgets what was not asked for among the last `most` different texts; keeps at most twice as many. */
export function remember<T extends object | string | number>(
  work: (text: string) => T,
  most: number,
): (text: string) => T {
  let recent = new Map<string, T>();
  let older = new Map<string, T>();
  return (text) => {
    const known = recent.get(text);
    if (known !== undefined) return known;
    const answer = older.get(text) ?? work(text);
    if (recent.size >= most) {
      older = recent;
      recent = new Map();
    }
    recent.set(text, answer);
    return answer;
  };
}
