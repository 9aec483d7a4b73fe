/** Part of an expression. Each `?` stands for the next of `values`. */
export type Piece = { text: string; values: unknown[] };

type Rendered = { texts: string[]; names?: Record<string, string>; values?: Record<string, unknown> };

/** The pieces of one request: each `?` becomes its own `:word`, and `#mine` names this key. */
export function render(pieces: Piece[], mine: string): Rendered {
  const values: Record<string, unknown> = {};
  const texts = pieces.map((piece) => {
    const left = [...piece.values];
    return piece.text.replaceAll('?', () => {
      const word = `v${Object.keys(values).length}`;
      values[word] = left.shift();
      return `:${word}`;
    });
  });
  return {
    texts,
    ...(texts.some((text) => text.includes('#mine')) && { names: { mine } }),
    ...(Object.keys(values).length > 0 && { values }),
  };
}
