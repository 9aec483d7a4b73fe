/** A batch that is not what it should be. `index`: of the item that it is about, from 0. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly index: number | undefined;

  constructor(detail: string, index?: number) {
    super(detail);
    this.index = index;
  }
}
