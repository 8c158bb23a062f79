"""``python -m assessment.apps.page_server FOLDER``: Voilà with nothing but the notebooks of one folder, as pages.

Voilà shows a folder: its listing, its subfolders, files that match a pattern. Here every address that a page of ours
does not ask for itself is gone, and what is left says what is wrong in a sentence.
"""

import os
import re
import sys
from html import escape
from urllib.parse import unquote

from jupyter_server.base.handlers import FileFindHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from jupyter_server.utils import url_path_join
from jupyterlab_server.themes_handler import ThemesHandler
from tornado.web import HTTPError, RedirectHandler, RequestHandler
from traitlets.config import Config
from voila.app import Voila
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.static_file_handler import MultiStaticFileHandler, TemplateStaticFileHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from assessment.apps.serving import CLOSED, EXTENSIONS, HOME
from assessment.texts import LANGUAGES, word

MOST = "APPRENANCE_PAGES"
"""The variable by which who runs a server says how many pages may be open at once: each is a process of its own."""

MOST_PAGES = 40

NOTEBOOK = re.compile(r"[\w-]+\.ipynb")
"""The pages: notebooks of the folder itself, none hidden, none below it."""

NEVER = re.compile(r"[/\\]\.|//|\\|[\x00-\x1f]")
"""In no address of ours: what climbs out of a folder, what is hidden, what starts anew at the root."""

HEADERS = {
    "Content-Security-Policy": "; ".join(
        [
            "default-src 'self'",
            # widgets arrive as blobs and Vega compiles its expressions; what counts is that nothing goes elsewhere
            "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' ws: wss: data: blob:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        ]
    ),
    # an address names a workspace: it is told to nobody
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""What every answer says to the browser."""


class Closed:
    """What every address of the server does besides its own: it refuses strange paths and never shows how it works."""

    def set_default_headers(self):
        """Say what every answer says."""
        super().set_default_headers()
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def prepare(self):
        """Refuse what is in no address of ours."""
        if NEVER.search(unquote(self.request.path)):
            raise HTTPError(404)
        return super().prepare()

    def write_error(self, status_code: int, **told):
        """Say in a sentence what is wrong; the server's log has the rest."""
        said = {404: "not_here", 403: "not_here", 405: "not_here", 503: "full"}.get(status_code, "failed")
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        self.finish(message_page(said, url_path_join(self.settings.get("base_url", "/"), "/")))


class Nothing(Closed, RequestHandler):
    """Any address that is not ours."""

    def prepare(self):
        """Refuse it, whatever is asked."""
        raise HTTPError(404)


class Home(Closed, RedirectHandler):
    """The server's own address: the home page is the app."""


class Page(Closed, TornadoVoilaHandler):
    """A notebook as a page, where there is room for another."""

    async def get(self, path=None):
        """Start the notebook's kernel and send the page."""
        if not NOTEBOOK.fullmatch(path or ""):
            raise HTTPError(404)
        if len(self.kernel_manager.list_kernel_ids()) >= int(os.environ.get(MOST, MOST_PAGES)):
            raise HTTPError(503)
        _ = self.xsrf_token  # sets the cookie with which the page ends its kernel when it is left
        await super().get(path)


class Kernel(Closed, KernelHandler):
    """Whether a page's kernel is there."""

    SUPPORTED_METHODS = ("GET",)


class TemplateFile(Closed, TemplateStaticFileHandler):
    """A file of a template; Voilà fails where a path is not of its form."""

    def prepare(self):
        """Refuse any other path."""
        if not re.fullmatch(r"[\w-]+/static/.+", self.path_args[0]):
            raise HTTPError(404)
        return super().prepare()


class ExtensionFile(Closed, FileFindHandler):
    """A file of what our pages need of JupyterLab."""

    def prepare(self):
        """Refuse any other path."""
        if not self.path_args[0].startswith(tuple(f"{name}/" for name in EXTENSIONS)):
            raise HTTPError(404)
        return super().prepare()


class StaticFile(Closed, MultiStaticFileHandler):
    """A file of Voilà's own."""


class Theme(Closed, ThemesHandler):
    """A file of a theme."""


class Leaving(Closed, VoilaShutdownKernelHandler):
    """A page was left."""


OURS = {
    TornadoVoilaHandler: Page,
    KernelHandler: Kernel,
    VoilaKernelWebsocketHandler: VoilaKernelWebsocketHandler,
    VoilaShutdownKernelHandler: Leaving,
    TemplateStaticFileHandler: TemplateFile,
    MultiStaticFileHandler: StaticFile,
    ThemesHandler: Theme,
    FileFindHandler: ExtensionFile,
}
"""Of Voilà's addresses those a page asks for, and who answers; all others are left out."""


class PageServer(Voila):
    """Voilà without what our pages do not need."""

    name = "voila"  # its configuration files and its page's words are Voilà's

    def init_settings(self):
        """Say what every answer says, and that an unknown address is none."""
        return super().init_settings() | {"headers": HEADERS, "default_handler_class": Nothing}

    def init_handlers(self):
        """Keep Voilà's addresses that our pages ask for."""
        kept = [(path, OURS[handler], *more) for path, handler, *more in super().init_handlers() if handler in OURS]
        home = {"url": url_path_join(self.base_url, "voila/render", HOME), "permanent": False}
        signing_in = self.identity_provider.get_handlers() if self.identity_provider.auth_enabled else []
        return [*kept, (self.server_url, Home, home), *signing_in]


def message_page(said: str, home: str) -> str:
    """Write a page of one sentence, in both languages.

    Parameters
    ----------
    said
        Which sentence: a key of the words ``serving``.
    home
        The address of the home page.
    """
    sentences = "".join(
        f'<p lang="{language}">{escape(word(f"serving.{said}", language))} '
        f'<a href="{escape(home)}">{escape(word("serving.home", language))}</a></p>'
        for language in LANGUAGES
    )
    return (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Apprenance</title>'
        '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"></head>'
        '<body style="max-width: 40rem; margin: 3rem auto; padding: 0 1.5rem; font: 1rem/1.6 system-ui, sans-serif">'
        f"<main><h1>Apprenance</h1>{sentences}</main></body></html>"
    )


def main(arguments: list[str] | None = None) -> None:
    """Serve a folder's notebooks until stopped.

    Parameters
    ----------
    arguments
        The folder, and any argument of Voilà's; None = the program's own.
    """
    PageServer.launch_instance(sys.argv[1:] if arguments is None else arguments, config=Config(CLOSED))


if __name__ == "__main__":
    main()
