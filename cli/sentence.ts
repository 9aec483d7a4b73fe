const own = ['Problem', 'Error'];

/** Any error as one sentence, with AWS's own message; never a stack. */
export function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const [first = ''] = error.message.split('\n');
  return own.includes(error.name) ? first : `${error.name}: ${first}`;
}
