// Slots: who uses which operation record, and who must be told when one completes.
//
// A slot belongs to one event args object until that gives it back; see operation.ts for when that
// is. What keeps the object alive while an operation runs is `inFlight`: native knows slots only, and
// the user need not hold anything.

import { InvalidOperationException } from '../errors/invalid-operation-exception.js';
import { CHUNK_SLOTS } from './abi.js';
import { binding, type Slot } from './binding.js';
import type { Operation } from './operation.js';

/** A chunk of records, as both kinds of numbers that lie in it. */
export interface Chunk {
  readonly words: Int32Array;
  readonly bytes: Uint8Array;
}

/** The slot of event args that have none. */
export const NO_SLOT: Slot = -1;
export const noWords = new Int32Array(0);

const chunks: Chunk[] = [];
const free: Slot[] = [];
const inFlight: (Operation | null)[] = [];

function grow(): void {
  const buffer = binding.addChunk();
  if (buffer === undefined) {
    throw new InvalidOperationException(
      `There are ${chunks.length * CHUNK_SLOTS} SocketAsyncEventArgs in use, which is the most.`,
    );
  }
  const first = chunks.length * CHUNK_SLOTS;
  chunks.push({ words: new Int32Array(buffer), bytes: new Uint8Array(buffer) });
  // Lowest slots first, so that those in use lie close together.
  for (let slot = first + CHUNK_SLOTS - 1; slot >= first; slot--) free.push(slot);
  for (let i = 0; i < CHUNK_SLOTS; i++) inFlight.push(null);
}

/** Takes a free slot. */
export function claimSlot(): Slot {
  let slot = free.pop();
  if (slot === undefined) {
    grow();
    slot = free.pop();
  }
  return slot as Slot;
}

/** Gives a slot back, and frees its buffer. Nothing may be in flight on it. */
export function releaseSlot(slot: Slot): void {
  binding.clearBuffer(slot);
  free.push(slot);
}

/** Gives a slot back that has had no buffer. */
export function releaseBorrowedSlot(slot: Slot): void {
  free.push(slot);
}

export function chunkOf(slot: Slot): Chunk {
  return chunks[Math.floor(slot / CHUNK_SLOTS)];
}

/** From here until `takeInFlight` the operation, its event args and their buffer cannot go. */
export function putInFlight(operation: Operation): void {
  inFlight[operation.slot] = operation;
}

export function takeInFlight(slot: Slot): Operation {
  const operation = inFlight[slot] as Operation;
  inFlight[slot] = null;
  return operation;
}

/** How many slots are claimed, and how many of them are in flight: for tests and leak audits. */
export function countSlots(): { claimed: number; inFlight: number } {
  return {
    claimed: chunks.length * CHUNK_SLOTS - free.length,
    inFlight: inFlight.reduce((count, operation) => count + (operation === null ? 0 : 1), 0),
  };
}
