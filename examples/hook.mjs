// What a content management system calls when an article was saved: one worker for the whole process, answers by id.
// usage: node hook.mjs DISPATCH PDF
import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';

const worker = spawn('diglot', ['--worker', '--timeout', '30'], { stdio: ['pipe', 'pipe', 'inherit'] });
const waiting = new Map();
let last = 0;

createInterface({ input: worker.stdout }).on('line', line => {
  const answer = JSON.parse(line);
  waiting.get(answer.id)(answer);
  waiting.delete(answer.id);
});

function typeset(job) {
  const id = ++last;
  return new Promise(resolve => {
    waiting.set(id, resolve);
    worker.stdin.write(JSON.stringify({ id, ...job }) + '\n');
  });
}

// article.onSave:
const [dispatch, pdf] = process.argv.slice(2);
const answer = await typeset({ text: await readFile(dispatch, 'utf8'), name: basename(dispatch) });
for (const message of answer.dispatches[0].messages)
  console.error(`${dispatch}:${message.line}: ${message.message} [${message.code}]`);
if (answer.status === 'set')
  await writeFile(pdf, Buffer.from(answer.dispatches[0].files[0].base64, 'base64'));
worker.stdin.end();
process.exitCode = answer.status === 'set' ? 0 : 1;
