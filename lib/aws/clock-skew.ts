type Answered = { headers?: Record<string, string> } | undefined;
type Failed = { ServerTime?: string; $response?: Answered; $metadata?: { clockSkewCorrected?: boolean } };

const tolerableMs = 240_000;
/** An answer that took longer says little about the time. */
const slowMs = 900_000;

/**
 * How far the service's clock is ahead of ours, learned from the Date of every answer, as the SDK does it. `failed` marks an error whose cause the correction
 * may have been, so that its request is signed and sent again.
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
