package evidence

// plainWords are those behind "the password is" that are none.
const plainWords = "values|wrong|correct|incorrect|right|required|needed|missing|empty|blank|that|this|your|their|being|asked|stored|saved|kept|expired|reset|changed|sent|invalid|valid|hidden|masked|unknown|known|from|with|okay|fine|also|still|never|always|only|same|different|weak|strong|long|short|protected|encrypted|hashed|case|used|shown|entered|typed|forgotten|lost|there|below|above|here|what|where|just|very|really|good|safe|secure|public|private|accepted|rejected|refused|denied|created|generated|given|ignored|optional|mandatory|default|something|nothing|more|less|another|please|disabled|enabled|allowed|forbidden|possible|visible|available|checked|verified|compromised|leaked|exposed|written|printed|removed|deleted|when|while|after|before|until|then|than|into|over|again|first|instead|based|auth|authentication|protection|login|manager|prompt|field|file|hash|change|policy|must|should|cannot|does"

// saidNames are names of secrets as people write them, in languages that put no space behind them, too, and words behind which a quoted secret stands.
var saidNames = []promise{
	{"password|passphrase|pass phrase| pass | pw |pass→|パス→|パスは「| pin |pin:|pinは|pin code|パスワード|パスフレーズ|暗証番号|pwは|密码|密碼|비밀번호|contraseña|пароль|Пароль|口令|암호|kennwort|senha|wachtwoord|mot de passe|identified by|_password by|by values|convertto-securestring", "password", 0},
	{"api key|origin ca key|apiキー|api キー|シークレットキー", "api_key", 0},
	{"api token|トークン|シークレット|認証コード|確認コード|verification code|recovery code|recovery codes|backup code|backup codes", "token", 0},
}

// logins are words behind which a name and its password stand in one.
var logins = []promise{{"auth|login|log in|ログイン|ログイン情報|認証|credentials|creds|curlopt_userpwd|curlopt_proxyuserpwd|btoa(|b64encode(b", "password", 0}}

// calls are functions of programs by which of what they are given is a password.
var calls = []promise{
	{"pdo(|pdo->__construct(|mysqli(|mysqli->__construct(|mysqli_connect(|mysql_connect(|ftp_login(|imap_open(|getconnection(|ssh2_auth_password(|ldap_bind(", "3", 0},
	{".login(|oci_connect(|auth=(|auth = (|httpbasicauth(|networkcredential(", "2", 0},
}

// calls masks what such functions are given, which may stand in the lines behind.
func (m *masker) calls(i int) {
	m.promised(i, calls, func(p *promise, _ string, _, behind int) (from, to int) {
		which, _ := digits(p.id)
		const most = 8 // lines
		depth := 0
		for j, at := i, behind; j < min(i+most, len(m.lines)); j, at = j+1, 0 {
			for text := m.lines[j].text; at < len(text); at++ {
				switch c := text[at]; {
				case c == '"' || c == '\'':
					end := at + 1
					for end < len(text) && (text[end] != c || text[end-1] == '\\') {
						end++
					}
					if which == 1 && depth == 0 && !open(text[at+1:end]) {
						m.hide(j, at+1, end, "password")
						return 0, 0
					}
					at = end
				case c == '(' || c == '[':
					depth++
				case c == ')' || c == ']':
					if depth--; depth < 0 {
						return 0, 0
					}
				case c == ',' && depth == 0:
					which--
				}
			}
		}
		return 0, 0
	})
}

// loginAt is where the password stands of a name and its password: auth: name:password, login: name / password, "auth": "…" in base 64.
func loginAt(text, low string, at, behind int) (from, to int) {
	if at > 0 && low[at] < 0x80 && (is(low, at-1, isLetter|isDigit) || low[at-1] == '_') {
		return 0, 0
	}
	from = past(low, behind, "\"' ")
	with := standsAny(low, from, "with |as |using ")
	if with {
		from += len(word(low[from:])) + 1
	} else if ends(low[:behind], "(") { // of a function
	} else if stands(low, from, "は") {
		from = past(low, from+len("は"), "\"' ")
	} else if oneAt(low, from, ":=,") {
		from = past(low, from+1, "\"' ")
	} else if !(at > 0 && low[at-1] == '-') && !ends(low[:behind], "s") && !ends(low[:at], "stats ") || from == behind {
		return 0, 0
	}
	to = from
	for to < len(low) && !is(low, to, isSpace) && low[to] < 0x80 && !oneAt(low, to, "\"'<>,;)}") {
		to++
	}
	name := until(low[from:to], ":")
	secret := after(low[from:to], ":")
	if name != "" && name == low[from:to] && stands(low, to, " / ") {
		secret = strip(word(low[to+3:]), ".,;)")
		if to += 3 + len(secret); !telling(secret) && (!has(text, name+" / "+secret) || !plainPassword(secret) || name != "admin" && oneOf(name, otherLogins)) { // a name of a company has a capital
			return 0, 0
		}
	} else if with {
		return 0, 0
	}
	const least = 4 // bytes of a password; a port has no more than five digits
	if name == "" || !is(name, 0, isLetter) || !isWord(name) || len(secret) < least || begins(secret, "//") || len(secret) <= 5 && strip(secret, "0123456789") == "" {
		if v := text[from:to]; ends(low[:behind], "auth") && base64ish(v, 12) && (ends(v, "=") || has(string(decode64(v, 96)), ":")) {
			return from, to
		}
		return 0, 0
	}
	return to - len(secret), to
}

// otherLogins are words behind "login with" that are no name of somebody, and no password.
const otherLogins = "google|facebook|github|apple|twitter|microsoft|saml|oidc|ldap|email|mail|phone|username|user|name|password|passkey|https|http|token|social|flexible|strict|full|argon|bcrypt|base64|hash|plain|text|plaintext|redacted|omitted|removed|panel|wordpress|database|mysql|current|temporary|initial|twice|confirm|confirmation|both|field|cpanel|plesk|sftp|shell|root|admin|dashboard"

// plainPassword tells whether a word of small letters may be a password where one is told: it is none of those that are said of one.
func plainPassword(w string) bool {
	const least = 5 // letters
	return len(w) >= least && plain(w) && isWord(w) && !oneOf(w, plainWords) && !oneOf(w, otherLogins) && !ours(w)
}

// saidPairs masks what sentences tell: パスワード:…, パスワードは…, パスワード「…」, the password is …, password for the panel: …, with password ….
func (m *masker) saidPairs(i int) {
	l := &m.lines[i]
	m.promised(i, saidNames, func(p *promise, name string, at, behind int) (from, to int) {
		switch {
		case endsAny(name, "は|→"):
			behind -= len("は")
		case ends(name, ":"):
			behind--
		case ends(name, "「"):
			behind -= len("は「")
		}
		low := l.low
		from, to = said(low, at, behind)
		switch {
		case has(name, "pin"): // of a card; that of a key is no secret
			if strip(low[from:to], "0123456789") != "" {
				return 0, 0
			}
		case from == to && strip(low[behind:], " :*") == "" && behind < 40: // its line is a label
			m.labelled = p.id
		}
		return from, to
	})
	m.promised(i, logins, func(_ *promise, _ string, at, behind int) (from, to int) {
		return loginAt(l.text, l.low, at, behind)
	})
}

// said is where the secret stands that is told behind a name, or nothing.
func said(low string, name, at int) (from, to int) {
	from = at
	take := func(list string) bool {
		from = skip(low, from)
		for list != "" {
			var one string
			if one, list = piece(list); stands(low, from, one) {
				from += len(one)
				return true
			}
		}
		return false
	}
	ascii := name < at && low[at-1] < 0x80
	if take("for |of |to |we |i |you |they ") { // password for the panel: …, password we use is …
		const most = 40 // bytes to where it is told
		rest := until(upTo(low[from:], most), ". ")
		n := index(rest, " is")
		if c := index(rest, ":"); n < 0 || c >= 0 && c < n {
			n = c
		}
		if set := index(rest, " = "); set >= 0 { // of SQL, whose user is quoted
			n = set
		} else if n < 0 || hasAny(rest[:n], "'|?|\"") {
			return 0, 0
		}
		from += n
	}
	if take("(") { // パスワード(初期): …
		const most = 40 // bytes between the brackets
		if v := until(upTo(low[from:], most)+"(", ")"); v != "" && !ends(v, "(") {
			if from += len(v) + 1; len(v) > 2 && byteAt(low, from) != ':' && is(v, 0, isLetter) && (telling(v) || plainPassword(v)) && !hasAny(v, " |.|sha|md5|base64|argon") {
				return from - len(v) - 1, from - 1
			}
		}
	}
	sign := take(":|=|→|->|】|-string |is:")
	told := sign || take("は、|は|是|는|은|es |'s ") || take("is ") && from < len(low)
	if told && endsAny(low[name:at], "phrase|フレーズ") {
		if end, words := passphrase(low, skip(low, from)); words > 3 || sign && words > 1 {
			return skip(low, from), end
		}
	}
	if !told && !ascii {
		take("が|を")
	}
	if !told && ascii && is(low, from-1, isSpace) { // who is named before it: user bob, pass …
		told = hasAny(low[max(0, name-40):name], "user|login|with ")
	}
	quoted := false
	for list := "「」|『』|【】|\"\"|''|``"; list != "" && !quoted; {
		var marks string
		marks, list = piece(list)
		if quoted = take(marks[:len(marks)/2]); quoted {
			const most = 100 // bytes to where the quotation ends
			v := upTo(low[from:], most)
			if v = v[:max(0, index(v, marks[len(marks)/2:]))]; has(v, " ") && (told || is(low, at, isSpace)) || told && (hasDigit(v) || kana(v)) {
				return from, from + len(v)
			}
		}
	}
	const longest = 60 // bytes of one in letters that are not ASCII
	from = skip(low, from)
	if v := until(until(word(upTo(low[from:], longest)), "。"), "、"); told && len(v) > 4 && len(v) < longest-3 && v[0] >= 0x80 {
		if sign && is(v, len(v)-1, isDigit) { // さくらさく2026
			return from, from + len(v)
		}
		if v = until(until(v, "です"), "でした"); kana(v) {
			return from, from + len(v)
		}
	}
	pair := name > 0 && (low[name-1] == '/' || ends(low[:name], "・")) // ID/パスワード: name / secret
	for to = from; to < len(low) && (low[to] > ' ' || low[to] == ' ' && pair) && low[to] < 0x7f && !oneAt(low, to, "\"'"); to++ {
	}
	w := low[from:to]
	for oneAt(w, len(w)-1, ".,;? ") || ends(w, ")") && !has(w, "(") && has(low[:from], "(") {
		w = w[:len(w)-1]
	}
	to = from + len(w)
	switch {
	case pair && has(w, "/"):
	case len(w) < 4 || ends(w, ":") || ascii && oneOf(w, plainWords):
		return 0, 0
	case told && !quoted && (ascii || sign):
		return from, phrased(low, to)
	case quoted || told || (from > at || oneOf(low[name:at], " pw | pin ")) && telling(w):
	default:
		return 0, 0
	}
	return from, to
}

// kana tells whether a word of Japanese is one that nothing else is said with, so that it may be a password.
func kana(v string) bool {
	return len(v) > 8 && v[0] >= 0x80 && !hasAny(v, "した|して|しま|する|ない|なし|無し|ませ|ます|れて|れる|れま|方法|設定|変更|必要|正し|違|不明|忘|同じ|入力|以下|下記|上記|次|から|済|別|何|どこ|保存|リセット|認証|ロック|エラー|登録|発行|前と|その|秘密|伏|個|共有|強|長|効|管理|初期|不要|ください|文字|渡|連絡|「")
}

// passphrase is where a passphrase of several words of ASCII ends, and how many it has: one if the words say something.
func passphrase(low string, from int) (to, words int) {
	for to = from; to < len(low); words++ {
		at := skip(low, to)
		w := word(low[at:])
		bare := strip(w, ".,;!?")
		if bare == "" || bare[0] >= 0x80 {
			break
		}
		if among(bare, sentenceWords) || oneAt(bare, 0, "-/$<\"'") || oneOf(bare, "a|an|the|for|of|on|in|to|with|not|no|my|that|this|was|has|used|wrong|required|needed|missing") {
			return to, min(words, 1)
		}
		if to = at + len(bare); w != bare && w[0] == bare[0] { // a sentence ends
			return to, words + 1
		}
	}
	return to, words
}

// phrased is where a password ends that has several words: with the sentence, if that has few more and none that says something else.
func phrased(low string, end int) int {
	const most = 4 // words
	at := end
	for range most {
		if at == len(low) || low[at] != ' ' {
			break
		}
		w := word(low[at+1:])
		bare := strip(w, ".,;!?")
		if bare == "" || among(bare, sentenceWords) || oneOf(bare, plainWords) || oneOf(bare, "for|on|at|in|of|my|the|user|username|site|works|does|can|not") || ours(bare) || bare[0] >= 0x80 || hasAny(bare, ":|/") {
			return end
		}
		at += 1 + len(bare)
	}
	if at < len(low) && !oneAt(low, at, ".,;!?") {
		return end
	}
	return at
}
