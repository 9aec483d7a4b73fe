/**
 * Words that product code and its pages avoid, each with what to write instead. To ban a word, add
 * a line.
 */
export const banned: Record<string, string> = {
  nobody: 'the subject by its name: no caller, no system, no operator',
  somebody: 'the subject by its name: a caller, a system, another execution',
  someone: 'the subject by its name: a caller, a system, an operator',
  anybody: 'the subject by its name: any caller, any execution',
  everybody: 'the subject by its name: every caller, every subscriber',
  whoever: 'the subject by its name: a caller that, a worker that',
  he: 'they, or the role: the operator, the caller',
  him: 'them, or the role',
  his: 'their, or the role',
  she: 'they, or the role',
  her: 'their, or the role',
  mend: 'fix',
  mends: 'fixes',
  mended: 'fixed',
  mending: 'fixing',
  'over there': 'at the system',
  'never of': 'has no record of',
  'as far as events have told': 'built from events',
  'now or before': 'by this request or an earlier one',
};

/** Verbs and adjectives of file names in domain/, which are no things. */
export const deeds = new Set(
  `accept accepted act answer begin booked call callers cancel change check current dead dry find frozen
   keep late list listed load make messages new next on open operate outbound outside pin plain put
   read receive received recorded recover report request requests reserve run send settle settled show
   stored system systems touched undo verify wake whole write`.split(/\s+/),
);

/**
 * Nouns of file names in domain/ that mean what a reader expects. A noun with a meaning of its own
 * here belongs in the glossary of README.md instead.
 */
export const common = new Set(
  `action answers api brand chain count counts exchange field fields file files id json key keys letter
   list load message outcome preview price progress report request result results state step stream
   story summary task template transition view wire`.split(/\s+/),
);
