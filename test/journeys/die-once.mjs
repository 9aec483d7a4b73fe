// Loaded into a function by NODE_OPTIONS: the process kills itself before its n-th request goes out, once for all processes that share the marker.
import { subscribe } from 'node:diagnostics_channel';
import { writeFileSync } from 'node:fs';

let calls = 0;
subscribe('http.client.request.created', () => {
  calls += 1;
  if (calls !== Number(process.env.DIE_AT)) return;
  try {
    writeFileSync(process.env.DIE_MARKER, String(process.pid), { flag: 'wx' });
  } catch {
    return; // somebody has died already
  }
  process.kill(process.pid, 'SIGKILL');
});
