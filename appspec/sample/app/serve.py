"""Answers `/health` with ok and `/` with a greeting."""

import os
from http.server import BaseHTTPRequestHandler, HTTPServer

PAGES = {"/health": "ok", "/": os.environ["GREETING"]}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        page = PAGES.get(self.path)
        self.send_response(200 if page else 404)
        self.end_headers()
        self.wfile.write(f"{page or 'no such page'}\n".encode())


HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
