/**
 * What docs/adapters.md says of an answer, written a second time and from the page alone: each part
 * of an answer gets an opinion, and a vote needs opinions that do not contradict each other.
 */
export type Opinion = 'done' | 'refused' | 'ongoing' | 'none';
/** One answer as the generator has made it, with what each of its parts was meant to say. */
export type ReplyCase = {
  status: number;
  body: unknown;
  isObject: boolean;
  echo: 'undeclared' | 'ours' | 'other' | 'absent';
  /** Whether the manifest declares a `field` for the word. */
  declared: boolean;
  word: 'yes' | 'no' | 'ongoing' | 'absent' | 'unlisted' | 'missing';
  /** `silent`: a member that says nothing. A code is listed as this, or not listed. */
  error: 'missing' | 'silent' | 'no' | 'ongoing' | 'unknown' | 'unlisted' | 'uncoded';
};
export type Verdict = 'yes' | 'no' | 'absent' | 'ongoing' | 'unknown';

/** Statuses that are about the caller, the moment or the way, and never about the change. */
const elsewhere = new Set([
  301, 302, 304, 401, 403, 405, 407, 408, 421, 423, 425, 426, 428, 429, 500, 502, 503,
]);

export function verdictOf(reply: ReplyCase): Verdict {
  const { status, isObject, echo, declared, word, error } = reply;
  if (!isObject || echo === 'other') return 'unknown';
  const isError = error !== 'missing' && error !== 'silent';
  if (echo === 'absent' && !isError) return 'unknown';
  if (error === 'unknown') return 'unknown';
  const opinions = new Set([wordOpinion(word, declared), errorOpinion(error, status)]);
  opinions.delete('none');
  if (opinions.size > 1) return 'unknown';
  if (opinions.has('ongoing')) return 'ongoing';
  if (elsewhere.has(status)) return 'unknown';
  const isMissing = status === 404 || status === 410;
  const isOwn = echo === 'ours' || (echo === 'undeclared' && isError);
  if (opinions.has('done')) return status < 300 ? 'yes' : 'unknown';
  if (opinions.has('refused')) {
    if (declared && word === 'absent') return 'absent';
    if (declared && word === 'no') return 'no';
    if (isMissing) return isOwn ? 'absent' : 'unknown';
    return 'no';
  }
  if (status === 202) return 'ongoing';
  if (status < 300) return declared ? 'unknown' : 'yes';
  if (status === 409 || echo !== 'ours') return 'unknown';
  return isMissing ? 'absent' : 'no';
}

const wordOpinion = (word: ReplyCase['word'], declared: boolean): Opinion => {
  if (!declared || word === 'unlisted' || word === 'missing') return 'none';
  if (word === 'yes') return 'done';
  return word === 'ongoing' ? 'ongoing' : 'refused';
};

/** A 409 may be about another attempt: only a listed code decides it. */
const errorOpinion = (error: ReplyCase['error'], status: number): Opinion => {
  if (error === 'no') return 'refused';
  if (error === 'ongoing') return 'ongoing';
  const isUnlisted = error === 'unlisted' || error === 'uncoded';
  return isUnlisted && status !== 409 && !elsewhere.has(status) ? 'refused' : 'none';
};
