"""Articles that report what happened, with the words of each development in their text."""

import datetime

from bench.reference import make, publish_most
from bench.words import Skewed
from cooperation.choices import Channel, Language, TextKind
from cooperation.models import Article, Citation

DEVELOPMENTS = 3  # told by one article
REPEATED = 0.15  # the share of developments that the next article reports as well
LANGUAGES = Skewed(Language.values, 1.6)
LAGS = (0, 0, 0, 1, 3)  # days from the latest development to the article


class Press:
    """Writes articles with citations; `articles` and `citations` collect them, not saved yet."""

    def __init__(self, world, rng, last_day):
        """Use the dice of the chapter; nothing appears after `last_day`."""
        self.world, self.rng, self.last_day = world, rng, last_day
        self.publishers = Skewed(world.publishers, 0.9)
        self.articles, self.citations = [], []

    def report(self, plots, number):
        """Report `plots`, which are in the order of their days, in articles that count on from `number`."""
        before = []
        for place, first in enumerate(range(0, len(plots), DEVELOPMENTS)):
            told = plots[first : first + DEVELOPMENTS]
            repeated = [plot for plot in before if self.rng.random() < REPEATED]
            self._write(f"article-{number}-{place}", told[-1].day, told + repeated)
            before = told

    def _write(self, slug, latest, plots):
        fillers = [self.world.words.make_sentences(self.rng, self.rng.randint(10, 45)) for _ in plots]
        body = "\n\n".join(f"{plot.quote} {filler}" for plot, filler in zip(plots, fillers, strict=True))
        day = min(latest + datetime.timedelta(self.rng.choice(LAGS)), self.last_day)
        title = " ".join(fillers[0].split()[: self.rng.randint(5, 9)])
        article = make(
            Article, slug=slug, title=title, text=body, published=day, address=f"https://news.example/{slug}"
        )
        article.publisher = self.publishers.pick(self.rng)
        article.kind, article.language = article.publisher.kind, LANGUAGES.pick(self.rng)
        article.text_kind = TextKind.FULL if self.rng.random() < 0.05 else TextKind.ABSTRACT
        self._name_speaker(article, plots[0].parties)
        self.articles.append(publish_most(self.rng, article))
        self.citations.extend(_cite(article, plot) for plot in plots)

    def _name_speaker(self, article, parties):
        party, dice = self.rng.choice(parties), self.rng.random()
        if dice < 0.6 and party.slug in self.world.officials:
            article.said_by = self.rng.choice(self.world.officials[party.slug])
            article.channel = self.rng.choice(Channel.values)
        elif dice < 0.8:
            article.said_by = party


def _cite(article, plot):
    """Return the citation; `find` gives what `text.find_quote` would, as both texts have single blanks alone."""
    start = article.text.find(plot.quote)
    end = start + len(plot.quote)
    return make(Citation, article=article, development=plot.development, quote=plot.quote, start=start, end=end)
