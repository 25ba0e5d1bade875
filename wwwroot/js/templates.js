// A pasted table is larger than what one event may carry; bytes travel as a stream.
export const content = element => new TextEncoder().encode(element.value);
