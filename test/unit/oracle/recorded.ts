// Reads what the programs beside this file recorded.

import { readFileSync } from 'node:fs';
import path from 'node:path';

// The compiler copies no JSON, so a compiled test finds it in the sources.
const folder = path.resolve(__dirname, '../../../../test/unit/oracle');

function read(name: string): unknown {
  return JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8'));
}

/** `enums.json`. */
type RecordedEnums = Readonly<
  Record<string, { isFlags: boolean; members: Record<string, number> }>
>;

/** `errors.json`. */
interface RecordedErrors {
  errors: { name: string; native: string | null; nativeErrorCode: number }[];
  errnos: Record<string, string>;
  exceptions: Record<string, string[]>;
}

/** `endpoints.json`. */
interface RecordedEndPoints {
  parsed: {
    text: string;
    address: string | null;
    bytes: string | null;
    scope: number | null;
    endPoint: string | null;
  }[];
  formatted: { bytes: string; text: string }[];
  classified: {
    text: string;
    isLoopback: boolean;
    isIPv6Multicast: boolean;
    isIPv6LinkLocal: boolean;
    isIPv6SiteLocal: boolean;
    isIPv6Teredo: boolean;
    isIPv6UniqueLocal: boolean;
    isIPv4MappedToIPv6: boolean;
    mapToIPv4: string;
    mapToIPv6: string;
  }[];
  serialized: { text: string; socketAddress: string; bytes: string; created: string }[];
  unixPaths: {
    path: string;
    text?: string;
    socketAddress?: string;
    created?: string;
    exception?: string;
    paramName?: string;
  }[];
  unixReceived: { bytes: string; text: string; socketAddress: string; equalsA: boolean }[];
  maximumSizes: {
    family: number;
    size: number;
    head?: string;
    made?: number;
    exception?: string;
  }[];
  compared: { left: string; right: string; equal: boolean }[];
}

export const readEnums = (): RecordedEnums => read('enums') as RecordedEnums;
export const readErrors = (): RecordedErrors => read('errors') as RecordedErrors;
export const readEndPoints = (): RecordedEndPoints => read('endpoints') as RecordedEndPoints;
