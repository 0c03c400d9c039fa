// What all UDP servers of the benchmark ask for, so that no burst of the load is lost.

export const receiveBufferBytes = 4 << 20;
