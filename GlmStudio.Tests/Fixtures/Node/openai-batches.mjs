// The official client, unchanged: node openai-batches.mjs http://localhost:8000/v1
import OpenAI, { toFile } from 'openai';

const client = new OpenAI({ baseURL: process.argv[2], apiKey: 'not needed', maxRetries: 0 });
const line = (id, text) => JSON.stringify({
  custom_id: id, method: 'POST', url: '/v1/chat/completions', body: { model: 'reader', messages: [{ role: 'user', content: text }] },
});
const upload = (text) => toFile(Buffer.from(text), '问题.jsonl').then((file) => client.files.create({ file, purpose: 'batch' }));
const ended = new Set(['completed', 'failed', 'cancelled', 'expired']);
const wait = async (id) => {
  for (;;) {
    const batch = await client.batches.retrieve(id);
    if (ended.has(batch.status)) return batch;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

const input = await upload([line('a', '你好'), line('b', 'memory'), line('c', 'third')].join('\n'));
const order = { input_file_id: input.id, endpoint: '/v1/chat/completions', completion_window: '24h', metadata: { night: '1' } };
const options = { headers: { 'Idempotency-Key': 'one' } };
const created = await client.batches.create(order, options);
const again = await client.batches.create(order, options);
const done = await wait(created.id);
const answers = (await (await client.files.content(done.output_file_id)).text()).trim().split('\n').map((l) => JSON.parse(l));
const errors = (await (await client.files.content(done.error_file_id)).text()).trim().split('\n').map((l) => JSON.parse(l));
const faulty = await wait((await client.batches.create({ ...order, input_file_id: (await upload('nonsense\n' + line('a', 'x') + '\n' + line('a', 'y'))).id })).id);
const listed = [];
for await (const batch of client.batches.list({ limit: 1 })) listed.push(batch.id);
const files = [];
for await (const file of client.files.list({ purpose: 'batch', limit: 1 })) files.push(file.filename);
const refused = await client.batches.cancel(done.id).catch((error) => error);
const removed = await client.files.delete(input.id);

console.log(JSON.stringify({
  file: [input.object, input.filename, input.purpose], same: created.id === again.id, status: done.status, counts: done.request_counts, metadata: done.metadata,
  answers: answers.map((a) => [a.custom_id, a.response.status_code, a.response.body.choices[0].message.content]),
  errors: errors.map((e) => [e.custom_id, e.response.status_code, e.response.body.error.message]),
  faults: faulty.errors.data.map((f) => [f.line, f.code]), listed: listed.length, files: files.length, refused: refused.status, removed: removed.deleted,
}));
