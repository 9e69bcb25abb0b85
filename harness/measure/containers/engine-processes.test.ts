import { describe, expect, it } from 'vitest';
import { isEngineProcess } from './engine-processes.ts';

const id = 'a'.repeat(64);
const ours = { containerIds: [id], ports: [49_153] };

describe('isEngineProcess', () => {
  it.each([
    ['/usr/sbin/dockerd --host fd://', true],
    ['/usr/bin/containerd', true],
    [`/usr/bin/containerd-shim-runc-v2 -namespace moby -id ${id} -address /run/x.sock`, true],
    [`/usr/bin/containerd-shim-runc-v2 -namespace moby -id ${'b'.repeat(64)} -address /run/x.sock`, false],
    ['/usr/bin/docker-proxy -proto tcp -host-ip 127.0.0.1 -host-port 49153 -container-ip 172.18.0.2', true],
    ['/usr/bin/docker-proxy -proto tcp -host-ip 127.0.0.1 -host-port 8080 -container-ip 172.17.0.2', false],
    ['postgres: checkpointer', false],
    ['vi dockerd', false],
    ['', false],
  ])('%s: %s', (line, expected) => {
    expect(isEngineProcess(line.split(' '), ours)).toBe(expected);
  });
});
