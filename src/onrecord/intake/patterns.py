"""What stands on a page beside the report: patterns for one whole line or paragraph, without regard to case.

Keep them to lines that no sentence of reporting could be: what is wrongly called debris is never read.
"""

from __future__ import annotations

_NETWORK = (
    r"(?:facebook|twitter|x|linkedin|whatsapp|telegram|reddit|e-?mail|instagram|youtube|messenger|print)"
)
_COUNTED = r"(?:views?|shares?|comments?|likes?|reads?)"
_PIECE = r"(?:articles?|stories|story|news|posts?|topics?|content|coverage|videos?|headlines|links?)"
_AGENCY = r"(?:AP|AFP|EPA|PA|Getty(?: Images?)?|Reuters|TASS|Xinhua|Shutterstock|Anadolu)"

DEBRIS = (
    # players, type size, reading time, counters
    r"text audio|audio version|audio|video|play (?:audio|video)|volume|mute|pause|play",
    r"listen(?: to (?:this |the )?(?:article|story|report))?(?: now)?",
    r"(?:font|text) size|resize text|increase|decrease|(?:a ){1,3}a|aa|a ?[-−+]|a ?[-−] ?a ?\+",
    r"a ?\+ ?a ?[-−]",
    r"\d{1,2}:\d\d(?::\d\d)?(?:\s*/?\s*\d{1,2}:\d\d(?::\d\d)?)?",
    r"(?:listen|watch|read(?:ing)?(?: time)?)?:?\s*\d{1,3}(?:\.\d)? min(?:ute)?s?(?: (?:read|listen|watch))?",
    rf"\d[\d,.]*k? {_COUNTED}|{_COUNTED}\s*:?\s*\(?\d[\d,.]*k?\)?",
    r"(?:no|leave a|post a|add a|show|view|join the) (?:comments?|conversation)|comments?",
    r"media playback is (?:un|not )supported.{0,40}|(?:this )?video (?:is )?(?:un|not )available.{0,40}",
    r"loading\s*(?:\.{2,3}|…)?|(?:please )?enable javascript\b.{0,80}",
    # sharing
    r"share(?: (?:this|on|via|with)(?: .{1,40})?)?|shar(?:e|ing) options?|tweet|retweet|pin it|copy link",
    rf"(?:(?:share|follow us|find us) on )?{_NETWORK}(?:[\s|•·,/]+{_NETWORK})*",
    r"link copied!?|print(?: (?:this )?(?:page|article|story))?",
    r"save(?: (?:for later|article|this story))?|bookmark",
    rf"follow (?:us|me|@?\w+)\b.{{0,60}}(?:{_NETWORK}|google news)\b.{{0,40}}",
    # subscriptions, shops, appeals
    r"(?:subscribe|sign ?up|sign in|log ?in|register|log out|become a member)"
    r"(?: (?:now|here|today|for free))?!?",
    r"my account|start (?:your )?free trial|(?:subscribe|sign ?up) (?:to|for|and|with)\b.{1,120}",
    r"(?:already|not) a (?:subscriber|member)\b.{0,80}",
    r"this (?:article|content) is for (?:subscribers|members)\b.{0,60}",
    r"get (?:the|our|all) .{0,60}\b(?:newsletter|inbox|alerts?|app|by e-?mail)\b.{0,80}",
    r"(?:our |daily |weekly |the )*newsletters?",
    r"donate(?: (?:now|today|here))?!?",
    r"support (?:our|independent) (?:journalism|work|reporting|newsroom)\b.{0,80}",
    r"download (?:our|the) .{0,40}\bapp\b.{0,60}|(?:our )?(?:app|apps|podcasts?|e-?paper)",
    r".{1,40}\b(?:merch|merchandise|gift shop|online (?:store|shop))(?: (?:store|shop))?",
    # advertising
    r"(?:- |\[)?advert(?:isements?|isings?|s)?(?: -|\]|:)?|ads?|ad feedback|sponsored|promo",
    r"(?:article|story) continues (?:below|after)(?: (?:the |this )?ad\w*)?|continue reading(?: below)?",
    r"(?:sponsored|promoted|paid|partner) (?:content|post|stories|links?|by .{1,40})",
    r"continued below|scroll (?:down )?(?:to|for) (?:continue|more).{0,30}",
    # links to other pieces
    r"(?:read|see|click|tap)(?: also| more| next| here| full)*(?:\s*:.{0,160})?|(?:click|tap) here\b.{0,100}",
    r"(?:learn|find out|show|load|view|see|read|more)(?: more| all| here| less)?\s*(?:\.{3}|…|»|>|→)?",
    r"(?:also|must|related|further) (?:read|reading)s?(?:\s*:.{0,160})?",
    rf"(?:related|recommended|popular|trending|latest|top|more|other)(?: {_PIECE})?"
    r"(?: (?:from|on|in) .{1,40})?:?",
    rf"most[- ](?:read|popular|viewed|shared)(?: {_PIECE})?(?: (?:today|now))?:?|trending now",
    r"recommended for you",
    r"you (?:may|might) (?:also )?(?:like|be interested in)\b.{0,20}|what to read next|don['’]t miss|up next",
    r"editors?['’]?s? picks?|(?:back to|go to) (?:top|home(?:page)?|contents?)",
    r"(?:[«<←]\s*)?(?:next|previous|prev)(?: (?:article|story|post|page))?\s*[»>→]?",
    r"(?:tags?|topics?|filed under|categor(?:y|ies)|keywords?|in this (?:story|article))(?:\s*:.{0,200})?",
    # navigation, consent, law
    r"(?:skip|jump) to (?:main )?(?:content|navigation|article|search)",
    r"(?:main |close |open |toggle )?(?:menu|navigation|search|sections?)|home(?:page)?",
    r"home\s*(?:[»>/|›→]\s*[\w &-]{2,30}){1,5}|(?:[\w &]{2,24}\s*[»›→]\s*){1,5}[\w &]{2,24}",
    r"(?:we|this (?:web)?site) uses? cookies\b.{0,200}",
    r"(?:accept|reject|manage) (?:all )?(?:cookies|preferences)",
    r"cookie (?:policy|settings|notice|preferences)",
    r"(?:(?:terms(?: (?:of (?:use|service)|and conditions))?|privacy(?: (?:policy|notice))?|contact(?: us)?"
    r"|about(?: us)?|careers|advertise(?: with us)?|accessibility|site ?map|help|faq)"
    r"(?:\s*[|•·]\s*|\s+|$)){1,8}",
    r".{0,80}\ball rights reserved\b.{0,200}|.{0,60}©\s*\d{4}.{0,120}",
    r"(?:©|\(c\)|copyright)\s*(?:©\s*)?(?:\d{4}|the |by ).{0,200}|our standards:.{0,120}",
    r"this material may not be (?:published|broadcast|reproduced)\b.{0,200}",
    r"(?:the )?views expressed (?:here|in this (?:article|piece))\b.{0,200}",
    # marks at the end of wire copy, rules, labels of a section
    r"(?:attention|urgent|eds?|editors)\s*[-–—:]\s*"
    r"(?:adds?|recast|refil|updat|correct|incorporat|clarif|lead)\w*\b.{0,160}",
    r"[=(\s]*(?:with )?(?:picture|photo|graphic|video)s?[=)\s]*|/{2,4}",
    r"(?:-\s*)?(?:ends?|30)(?:\s*-)?|#{2,5}|[-_=—–•·.…\s|*~]{1,80}|/n{4}",
    r"live|breaking(?: news)?|just in|exclusive|photos?|gallery|watch(?: live)?|live updates",
    r"(?:world|politics|news|world news|europe|asia|africa|americas?|middle east|international|national"
    r"|opinion|business|security|defen[cs]e|latest news|top stories|headlines)",
)

_NOTE = (
    r"(?:update[ds]?|correct(?:ion|s|ed)|clarif(?:ication|ies|ied)|amended|refil(?:es|ed)"
    r"|editor['’]?s['’]? note)"
)
UPDATE = (
    # the paper's note about its own report, in brackets or with a colon
    rf"\(?\s*(?:{_NOTE}|note to (?:editors|readers))\s*(?:\d{{1,2}}|\([^)]{{1,40}}\))?\s*[:–—-]\s?.{{3,}}",
    rf"{_NOTE}\s[^:.]{{0,40}}\d{{4}}[^.]{{0,30}}:\s.{{3,}}",
    r"\((?:adds?|updat(?:es|ed|ing)|corrects?|recasts?|refil(?:es|ed)|clarif(?:ies|ied)|removes?|fixes"
    r"|changes)\b.{3,}\)",
    r"\(?(?:this|the|an) (?:story|article|report|piece|post|headline|earlier version of this "
    r"(?:story|article|report))\b.{0,60}\b(?:has been|was|is being|have been) "
    r"(?:\w+ ){0,2}(?:updated|corrected|amended|revised|clarified)\b.*",
    r"an? (?:earlier|previous) (?:version|headline) of this (?:story|article|report|piece)\b.*",
    r"this is an? (?:developing|breaking)(?: news)? story\b.{0,120}",
)

CAPTION = (
    # a credit ends it, or a label opens it
    r".{3,}[([](?:(?:file )?(?:photo(?:graph)?|image|picture|handout|screenshot|credit|illustration)s?\b"
    rf"|{_AGENCY}(?: (?:photo|file|images?))?\s*(?:/|via\b|[)\]])).{{0,160}}[)\]]\.?",
    r".{3,}\b(?:photo(?:graph)?|image|picture)s?(?: credit| courtesy| source)?\s*:\s*.{2,120}",
    r"[([](?:photo(?:graph)?|image|picture|credit|source)s?\s*[:/].{2,120}[)\]]",
    r".{3,}\bphoto(?:graph)? by\s.{2,80}|.{3,}\s©\s?[\w .'’/-]{2,60}",
    rf".{{3,}}\s{_AGENCY}(?: Photo| File)?\s?/\s?[\w .'’/-]{{2,60}}",
    rf".{{3,}}(?:\bvia |/)\s?(?:{_AGENCY}|flickr|wikimedia(?: commons)?)\s*[)\]]?\.?",
    r".{0,200}\b(?:file|handout) (?:photo|image|picture)\b.{0,160}",
    r"\[?(?:file|(?:file )?photo|image|picture|caption|pictured|photograph|(?:image |photo )?credit)\]?"
    r"\s*[-–—:|]\s.{3,}",
    rf"(?:©\s?)?{_AGENCY}(?:\s?/\s?[\w .'’/-]{{2,60}}|\s(?:photo|images?))",
)
