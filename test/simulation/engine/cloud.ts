import { type Image, type JobMessage, relayImages } from '#domain/relay/relay.ts';
import type { CloudEvent } from '#events/event.ts';
import { Problem } from '#lib/problem.ts';
import type { Platform } from '#wiring/platform.ts';
import { relayToolsOn } from '#wiring/relay.ts';
import type { Random } from './random.ts';
import type { Process, World } from './world.ts';

type Work<T> = { process: string; run: (given: T, on: Platform) => Promise<unknown> };
/** The consumers of a capability: workers by job, and subscribers by a prefix of event types. */
export type Behind = {
  workers: Record<string, Work<never>>;
  subscribers: (Work<CloudEvent> & { hears: string })[];
};
type Given = Behind & {
  world: World;
  random: Random;
  platformOf: (process: Process) => Platform;
  skew: () => number;
  /** Whether deliveries are repeated and reordered. */
  faulty: () => boolean;
};
const visibilityMs = 90_000;

/**
 * AWS between the functions: the stream and its relay, the bus, and queues that deliver at least
 * once and in any order.
 */
export function cloudOn({ world, random, platformOf, skew, faulty, workers, subscribers }: Given) {
  const published: CloudEvent[] = [];
  const parked: string[] = [];
  const stream: Image[] = [];
  let relaying = false;

  /**
   * Delivers at least once: an unfinished message comes again after its visibility timeout, and a
   * finished one sometimes.
   */
  function deliver(
    name: string,
    tenant: string,
    delayMs: number,
    run: (on: Platform) => Promise<unknown>,
  ): void {
    const attempt = () => {
      const process = world.process(name, tenant, skew());
      let again = true;
      world.after(visibilityMs, () => {
        if (again) attempt();
      });
      run(platformOf(process)).then(
        () => {
          again = false;
        },
        (error) => {
          if (!(error instanceof Problem)) return;
          parked.push(`${name} ${error.code}`);
          again = false;
        },
      );
    };
    const copies = faulty() && random.chance(0.1) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++)
      world.after(delayMs + (faulty() ? random.between(5, 5_000) : 5), attempt);
  }

  /**
   * The stream's mapping: one batch at a time, in order, until it is processed, and sometimes
   * once more.
   */
  function relay(): void {
    if (relaying || stream.length === 0) return;
    relaying = true;
    const batch = stream.slice(0, 1 + random.whole(10));
    const process = world.process('relay', '', skew());
    const next = (taken: boolean) => {
      if (taken && !(faulty() && random.chance(0.05))) stream.splice(0, batch.length);
      relaying = false;
      world.after(taken ? 1 : 1_000, relay);
    };
    process.died = () => next(false);
    relayImages(batch, relayToolsOn(platformOf(process))).then(
      () => process.alive && next(true),
      () => process.alive && next(false),
    );
  }

  return {
    published,
    parked,
    /** Receives each write of the table, as the stream does. */
    wrote(image: Image): void {
      stream.push(image);
      world.after(random.between(1, 50), relay);
    },
    sendMessages(messages: JobMessage[]): void {
      for (const { job, body, delaySeconds } of messages) {
        const worker = workers[job];
        if (!worker) throw new Error(`The simulator has no worker for ${job}`);
        const { tenant } = body as { tenant: string };
        deliver(worker.process, tenant, delaySeconds * 1000, (on) => worker.run(body as never, on));
      }
    },
    putEvents(events: CloudEvent[]): void {
      published.push(...events);
      for (const event of events)
        for (const { process, hears, run } of subscribers)
          if (event.type.startsWith(hears)) deliver(process, event.tenant, 0, (on) => run(event, on));
    },
    /** Publishes the last event of each of these items again, as `lockstep repair` does. */
    async tellAgain(images: Image[], process: Process): Promise<void> {
      for (const image of images)
        await relayImages([{ ...image, v: image.eventV as number }], relayToolsOn(platformOf(process)));
    },
  };
}

export type Cloud = ReturnType<typeof cloudOn>;
