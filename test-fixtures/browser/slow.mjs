// A mirror in front of another one that takes its time, and lacks one package: so that a run lasts long enough to be looked at.
import http from 'node:http';

/** Serves what a mirror has, each tarball after so many milliseconds, one of them never. Gives the URL. */
export function slow(mirror, milliseconds, missing) {
  const server = http.createServer(async (request, response) => {
    try {
      const tarball = request.url.includes('/tarballs/');
      if (tarball) {
        await new Promise((resolve) => setTimeout(resolve, milliseconds));
      }
      if (tarball && request.url.includes(missing)) {
        response.writeHead(404).end();
        return;
      }
      const answer = await fetch(new URL(request.url, mirror));
      response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
    } catch (error) {
      response.writeHead(502).end(String(error));
    }
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({ url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() }),
    );
  });
}
