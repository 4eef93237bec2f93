// Somebody else's server: it serves an empty page at every address, and remembers who asked for what.

import http from "node:http";
import { atTheEnd } from "./scratch.mjs";

export class Foreign {
  static async start({ port = 0, host = "127.0.0.1", pages = {} } = {}) {
    const foreign = new Foreign();
    foreign.seen = [];
    foreign.server = http.createServer((request, response) => {
      const parts = [];
      request.on("data", (part) => parts.push(part));
      request.on("end", () => {
        foreign.seen.push(record(request, Buffer.concat(parts).toString()));
        const page = pages[request.url.split("?")[0]] ?? { body: "<!doctype html><title>foreign</title>" };
        // Whatever may be asked from elsewhere may be asked here: this server stands in nobody's way.
        response.writeHead(page.status ?? 200, {
          "content-type": page.type ?? "text/html",
          "access-control-allow-origin": request.headers.origin ?? "*",
          "access-control-allow-headers": "*, authorization",
          "access-control-allow-credentials": "true",
          ...page.headers,
        });
        response.end(page.body ?? "");
      });
    });
    foreign.server.on("upgrade", (request, socket) => {
      foreign.seen.push(record(request, ""));
      socket.destroy();
    });
    await new Promise((done, failed) => foreign.server.once("error", failed).listen(port, host, done));
    atTheEnd(() => foreign.stop());
    foreign.port = foreign.server.address().port;
    return foreign;
  }

  at(host, path = "/") {
    return `http://${host}:${this.port}${path}`;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}

function record({ method, url, headers }, body) {
  return { method, url, headers, body };
}
