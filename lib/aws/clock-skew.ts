type Answered = { headers?: Record<string, string> } | undefined;
type Failed = { ServerTime?: string; $response?: Answered; $metadata?: { clockSkewCorrected?: boolean } };

const tolerableMs = 240_000;
/** A slower answer says little about the service's clock. */
const slowMs = 900_000;

/**
 * The offset of the service's clock from ours, learned from the Date header of every answer, as
 * the SDK does. `failed` marks an error that the correction may fix, so that its request is signed
 * and sent again.
 */
export function clockSkew() {
  let offset = 0;

  const learn = (date: string | undefined, answer: Answered, sentAt: number) => {
    const time = Date.parse(date ?? '');
    const now = Date.now();
    if (Number.isNaN(time) || answer?.headers?.age !== undefined || now - sentAt > slowMs) return;
    offset = time - now;
  };

  return {
    now: () => new Date(Date.now() + offset),
    offset: () => offset,
    answered: (answer: Answered, sentAt: number) => learn(answer?.headers?.date, answer, sentAt),
    failed(error: Failed, sentAt: number, before: number): void {
      const date = error.ServerTime ?? error.$response?.headers?.date;
      if (!date) return;
      learn(date, error.$response, sentAt);
      if (Math.abs(offset) >= tolerableMs && offset !== before && error.$metadata)
        error.$metadata.clockSkewCorrected = true;
    },
  };
}
