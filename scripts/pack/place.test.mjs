import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { root } from '../support/paths.mjs';
import { makePlace, placeOf, poorEnvironment } from './place.mjs';

test('a place is outside the project, and its name is a plain one', () => {
  const folder = placeOf('install: yarn PnP');
  assert.equal(path.basename(folder), 'install-yarn-PnP');
  assert.ok(path.relative(root, folder).startsWith('..'));
});

test('a place has a manifest with what was asked for, and nothing of ours', () => {
  const folder = makePlace('manifest of a test', { type: 'module' });
  const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  assert.deepEqual(manifest, {
    name: 'consumer',
    version: '1.0.0',
    private: true,
    type: 'module',
  });
  assert.deepEqual(fs.readdirSync(folder).sort(), ['package.json', 'tsconfig.json']);
});

test('the poor environment finds node, and no other program', () => {
  const { PATH } = poorEnvironment();
  assert.deepEqual(fs.readdirSync(PATH), ['node']);
  assert.equal(fs.realpathSync(path.join(PATH, 'node')), fs.realpathSync(process.execPath));
});

test('the poor environment keeps registry and certificates, and not what an outer npm says', t => {
  const told = {
    npm_config_registry: 'kept',
    NODE_EXTRA_CA_CERTS: 'kept',
    npm_package_name: 'dropped',
    npm_lifecycle_event: 'dropped',
    NODE_PATH: 'dropped',
    SAEA_BINARY: 'dropped',
  };
  const before = { ...process.env };
  t.after(() => {
    for (const name of Object.keys(told)) {
      if (name in before) process.env[name] = before[name];
      else delete process.env[name];
    }
  });
  Object.assign(process.env, told);
  const environment = poorEnvironment({ extra: 'given' });
  const kept = Object.keys(told).filter(name => name in environment);
  assert.deepEqual(kept, ['npm_config_registry', 'NODE_EXTRA_CA_CERTS']);
  assert.equal(environment.extra, 'given');
});
