"""What must never happen while somebody reads: complaints of the browser, and requests to other hosts."""

from urllib.parse import urlsplit


class Watcher:
    """Collects the complaints of a browser context: a list of sentences, which is empty when all is well."""

    def __init__(self, context, portal):
        self.complaints = []
        self.host = urlsplit(portal).netloc
        context.on("console", self.hear_console)
        context.on("weberror", lambda error: self.complaints.append(f"page error: {error.error}"))
        context.on("request", self.see_request)
        context.on("response", self.see_response)

    def hear_console(self, message):
        """Note errors and warnings, among them every violation of the Content-Security-Policy."""
        # The status of a page is for the test to judge; that of a file is seen in its answer.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.complaints.append(f"console: {message.text}")

    def see_request(self, request):
        """Note what goes to another origin."""
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.netloc != self.host:
            self.complaints.append(f"request to another origin: {request.url}")

    def see_response(self, response):
        """Note files that are missing, and pages that broke."""
        if response.status >= 500 or (response.status >= 400 and response.request.resource_type != "document"):
            self.complaints.append(f"status {response.status}: {response.url}")
