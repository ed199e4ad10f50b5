"""Names of agencies as datelines print them, and of outlets behind well-known hosts."""

from __future__ import annotations

AGENCIES = frozenset(
    (
        "AA", "AAP", "AFP", "ANA-MPA", "ANI", "ANSA", "AP", "APA", "ATA", "AZERTAC", "Agence France-Presse",
        "Anadolu", "Anadolu Agency", "Associated Press", "BBC", "BBC News", "BELTA", "BNS", "BTA",
        "Bernama", "Bloomberg", "CNN", "CTK", "ČTK", "DPA", "dpa", "EFE", "Fars", "HINA", "IANS", "IRNA",
        "ITAR-TASS", "Interfax", "Interfax-Ukraine", "KCNA", "Kyodo", "Kyodo News", "LETA", "Lusa", "MTI",
        "MIA", "NTB", "PA", "PA Media", "PAP", "PTI", "Prensa Latina", "RFE/RL", "RIA", "RIA Novosti",
        "Reuters", "REUTERS", "Ritzau", "SANA", "STA", "STT", "Sputnik", "TASS", "Tanjug",
        "The Associated Press", "UKRINFORM", "UPI", "Ukrinform", "VNA", "VOA", "WAFA", "WAM", "Xinhua",
        "Yonhap",
    )
)  # fmt: skip

# Words that make a name an outlet's. Beside an author a place may stand as well, and a place is no outlet.
_OUTLET_WORDS = frozenset(
    (
        "agency", "broadcasting", "bulletin", "chronicle", "courier", "daily", "dispatch", "echo", "examiner",
        "express", "gazette", "globe", "guardian", "herald", "independent", "inquirer", "journal", "mail",
        "media", "mercury", "mirror", "monitor", "network", "news", "newspaper", "newspapers", "newswire",
        "observer", "online", "post", "press", "radio", "record", "reporter", "review", "service", "standard",
        "star", "sun", "telegraph", "television", "times", "today", "tribune", "tv", "voice", "weekly",
        "wire", "world",
    )
)  # fmt: skip

# Only hosts whose name does not follow from the address; any other host stands for itself.
HOSTS = {
    "abc.net.au": "ABC News (Australia)",
    "abcnews.go.com": "ABC News",
    "aljazeera.com": "Al Jazeera",
    "apnews.com": "Associated Press",
    "bbc.co.uk": "BBC News",
    "bbc.com": "BBC News",
    "bloomberg.com": "Bloomberg",
    "cbsnews.com": "CBS News",
    "cnn.com": "CNN",
    "dw.com": "Deutsche Welle",
    "economist.com": "The Economist",
    "euronews.com": "Euronews",
    "foxnews.com": "Fox News",
    "france24.com": "France 24",
    "ft.com": "Financial Times",
    "independent.co.uk": "The Independent",
    "interfax.com": "Interfax",
    "kyivindependent.com": "The Kyiv Independent",
    "nato.int": "NATO",
    "nbcnews.com": "NBC News",
    "news.sky.com": "Sky News",
    "nytimes.com": "The New York Times",
    "politico.eu": "Politico Europe",
    "reuters.com": "Reuters",
    "rferl.org": "RFE/RL",
    "rt.com": "RT",
    "scmp.com": "South China Morning Post",
    "tass.com": "TASS",
    "theguardian.com": "The Guardian",
    "themoscowtimes.com": "The Moscow Times",
    "thetimes.co.uk": "The Times",
    "ukrinform.net": "Ukrinform",
    "voanews.com": "Voice of America",
    "washingtonpost.com": "The Washington Post",
    "wsj.com": "The Wall Street Journal",
    "xinhuanet.com": "Xinhua",
}


def is_outlet(name: str) -> bool:
    """True where ``name`` is a known agency or is called as papers and agencies are."""
    return name in AGENCIES or any(word.lower() in _OUTLET_WORDS for word in name.split())
