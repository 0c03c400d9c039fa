// The layers, as ARCHITECTURE.md draws them. A change here is a change there, and needs a decision
// record.

export const layerTable = 'ARCHITECTURE.md, Layers';

export const nodeHeaders = ['napi.h', 'node_api.h', 'js_native_api.h'];

/**
 * Folders that the build chooses by the system; sources.gypi has a list for each. What lies in one
 * knows nothing of the others, but that Linux is POSIX too.
 */
export const systemFolder = /^native\/(?:engine|os)\/(posix|win|linux|elsewhere)\b/;

/**
 * binding → socket → {engine, os} → abi. `folders` are the folders of ours that a layer may include
 * besides its own, and `also` single headers; `families` are the kinds of foreign header; `standard`,
 * where given, are the only standard headers.
 */
export const nativeLayers = [
  { folder: 'native/abi', folders: [], families: [], standard: ['cstddef', 'cstdint'] },
  {
    folder: 'native/engine',
    folders: ['native/abi', 'native/engine/uv'],
    families: ['standard', 'uv'],
    also: ['os/event_set.h'], // which descriptors are ready is the engine's affair: decision 0025
  },
  { folder: 'native/os', folders: ['native/abi'], families: ['standard', 'system'] },
  {
    // os by its contract headers alone: the folders of its bodies are not named here.
    folder: 'native/socket',
    folders: ['native/abi', 'native/engine', 'native/os'],
    families: ['standard'],
  },
  {
    folder: 'native/binding',
    folders: ['native/abi', 'native/engine', 'native/socket'],
    families: ['standard', 'node'],
    also: ['os/page_block.h'], // memory is nothing that a socket could stand for: decision 0022
    uvIn: /^native\/binding\/environment\.(h|cc)$/, // which is given the loop
  },
  { folder: 'native', folders: ['native/binding'], families: ['node'] }, // addon.cc
];

export const platformMacros = [
  '_WIN32',
  'WIN32',
  '__linux__',
  '__APPLE__',
  '__unix__',
  '__FreeBSD__',
  '__MINGW32__',
];

/**
 * For each folder of lib: the folders, or single files, that it may import values from besides its
 * own. Types may be imported from anywhere in lib. `lib` stands for the public classes at the top.
 *
 * Plumbing makes value types (endpoints, options, errors), but knows the acting classes as types
 * only; value types use nothing of the plumbing but its checks of arguments: decision 0011.
 */
export const libLayers = {
  'lib/enums': [],
  'lib/errors': ['lib/enums'],
  'lib/endpoints': ['lib/enums', 'lib/errors', 'lib/internal/validate'],
  'lib/options': ['lib/enums', 'lib/errors', 'lib/endpoints', 'lib/internal/validate'],
  'lib/internal': ['lib/enums', 'lib/errors', 'lib/endpoints', 'lib/options'],
  lib: ['lib/enums', 'lib/errors', 'lib/endpoints', 'lib/options', 'lib/internal'],
  'lib/prebuilt': ['lib/internal/given-binding', 'lib/index'],
};

/** Ours is another implementation of what these do; leaning on them would hide that it is missing. */
export const forbiddenModules = ['net', 'dgram'];

/** The only file in lib that asks for the platform and loads what it was told to load. */
export const hostFile = 'lib/internal/host.ts';

/** Entries that name one binary each, literally, so that bundlers can follow. */
export const prebuiltFolder = 'lib/prebuilt';
