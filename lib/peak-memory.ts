/** The peak memory of this process in MB. */
export const peakMemoryMb = (): number => Math.round(process.resourceUsage().maxRSS / 1024);
