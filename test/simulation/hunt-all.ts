import { mutants } from './mutants.ts';
import { hunt } from './plant.ts';
for (const m of mutants) { try { const v = await hunt(m, 10000); console.log(m.story, '→', v.found ? `${v.found.after}: ${v.found.violations[0]}` : 'NOT FOUND'); } catch (e) { console.log(m.story, 'ERROR', String(e).slice(0, 300)); } }
