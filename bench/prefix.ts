// How often a provider's cache is lost: a request is to go on from the one before, byte for byte.

export interface PrefixedRequest {
  readonly instructions?: string;
  readonly input?: unknown;
  readonly tools?: unknown;
}

/** Requests that do not begin with all of the request before. */
export function prefixChanges(requests: readonly PrefixedRequest[]): number {
  return requests.filter((request, nth) => {
    const before = requests[nth - 1];
    return before !== undefined && !bytesOf(request).startsWith(bytesOf(before).slice(0, -1));
  }).length;
}

/** In the order in which providers read them; the input last, and its end open. */
function bytesOf({ instructions, tools, input }: PrefixedRequest): string {
  return `${JSON.stringify([instructions, tools])}${JSON.stringify(input)}`;
}
