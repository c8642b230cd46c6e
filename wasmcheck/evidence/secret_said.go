package evidence

// plainWords are those behind "the password is" that are none.
const plainWords = "wrong|correct|incorrect|right|required|needed|missing|empty|blank|that|this|your|their|being|asked|stored|saved|kept|expired|reset|changed|sent|invalid|valid|hidden|masked|unknown|known|from|with|okay|fine|also|still|never|always|only|same|different|weak|strong|long|short|protected|encrypted|hashed|case|used|shown|entered|typed|forgotten|lost|there|below|above|here|what|where|just|very|really|good|safe|secure|public|private|accepted|rejected|refused|denied|created|generated|given|ignored|optional|mandatory|default|something|nothing|more|less|another|please|disabled|enabled|allowed|forbidden|possible|visible|available|checked|verified|compromised|leaked|exposed|written|printed|removed|deleted|when|while|after|before|until|then|than|into|over|again|first|instead|based|auth|authentication|protection|login|manager|prompt|field|file|hash|change|policy"

// saidNames are names of secrets as people write them, in languages that put no space behind them, too, and words behind which a quoted secret stands.
var saidNames = []struct{ texts, id string }{
	{"password|passphrase| pass |パスワード|パスフレーズ|暗証番号|pwは|密码|密碼|비밀번호|contraseña|пароль|mot de passe|identified by|native_password by|convertto-securestring", "password"},
	{"apiキー|シークレットキー", "api_key"},
	{"api token|トークン|シークレット", "token"},
}

// saidPairs masks what sentences tell: パスワード:…, パスワードは…, パスワード「…」, the password is …, password for the panel: …, with password ….
func (m *masker) saidPairs(i int) {
	for n := range saidNames {
		for list := saidNames[n].texts; list != ""; {
			var name string
			name, list = piece(list)
			for from := 0; ; {
				at := index(m.lines[i].low[from:], name)
				if at < 0 {
					break
				}
				from += at + len(name)
				if name == "pwは" {
					from -= len("は")
				}
				if a, b := said(m.lines[i].low, from-len(name), from); a < b && !open(m.lines[i].text[a:b]) {
					m.hide(i, a, b, saidNames[n].id)
					from = a + len(mask)
				} else if strip(m.lines[i].low[from:], " :*") == "" && from < 40 { // its line is a label
					m.labelled = saidNames[n].id
				}
			}
		}
	}
}

// said is where the secret stands that is told behind a name, or nothing.
func said(low string, name, at int) (from, to int) {
	from = at
	skip := func(list string) bool {
		for from < len(low) && space(low[from]) {
			from++
		}
		for list != "" {
			var one string
			if one, list = piece(list); begins(low[from:], one) {
				from += len(one)
				return true
			}
		}
		return false
	}
	ascii := name < at && low[at-1] < 0x80
	if skip("for |of |to ") { // password for the panel: …
		const most = 40 // bytes to where it is told
		rest := until(low[from:min(len(low), from+most)], ".")
		n := index(rest, " is")
		if c := index(rest, ":"); n < 0 || c >= 0 && c < n {
			n = c
		}
		if n < 0 || hasAny(rest[:n], "'|?|\"") {
			return 0, 0
		}
		from += n
	}
	told := skip("は|是|는|은|es |:|=") || skip("is ") && from < len(low)
	if !told && !ascii {
		skip("が|を")
	}
	if !told && ascii && space(low[from-1]) { // who is named before it: user bob, pass …
		told = hasAny(low[max(0, name-40):name], "user|login|with ")
	}
	quoted := skip("「|『|【|\"|'|`")
	pair := name > 0 && (low[name-1] == '/' || ends(low[:name], "・")) // ID/パスワード: name / secret
	for to = from; to < len(low) && (low[to] > ' ' || low[to] == ' ' && pair) && low[to] < 0x7f && low[to] != '"' && low[to] != '\''; to++ {
	}
	for to > from && among1(".,;? ", low[to-1]) {
		to--
	}
	w := low[from:to]
	switch {
	case pair && has(w, "/"):
	case len(w) < 4 || ends(w, ":") || ascii && oneOf(w, plainWords):
		return 0, 0
	case quoted || told || from > at && telling(w):
	default:
		return 0, 0
	}
	return from, to
}
