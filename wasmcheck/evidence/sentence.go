package evidence

// say reads what a person wrote. Only what is said of one's own site counts: a number beside a word for an error, or one of
// our settings; what is denied, or was, does not; and a question about a setting is no setting.
func (r *reader) say(s *segment) {
	words := false
	numbers := 0
	runes := 0
	for i := s.from; i < s.to; i++ {
		l := &r.lines[i]
		for range l.text {
			runes++
		}
		r.topical = r.topical || len(r.segments) > 1 || hasAny(l.low, "cloudflare|ssl|cert|nginx|apache|origin|dns|証明書|モード|サーバ|オレンジ|wordpress|full|strict|flexible")
	}
	for i := s.from; i < s.to; i++ {
		if i == s.run {
			continue
		}
		l := &r.lines[i]
		if source(l) {
			continue
		}
		if commanding(l.low) {
			words = words || prose(l)
			continue
		}
		if r.record(l.low, i) {
			words = true
			continue
		}
		r.toggled(l.low, i)
		if a, b := index(l.low, "http://"), index(l.low, "https://"); a >= 0 && a < b && hasAny(l.low[a:b], "見れるのに|見えるのに|開けるのに|表示されるのに|大丈夫|works but|loads but|opens but|fine but|works, but") {
			r.answer("scheme", "https_only", "said", i)
		}
		for _, part := range sentences(unquoted(l.low)) {
			if r.parts++; r.parts > maxSentences {
				r.note("more_sentences")
				break
			}
			before := len(r.claims)
			r.code(part, i, runes)
			r.mode(part, i)
			r.settings(part, i)
			if closed := closed(part); closed != part { // フル に変え
				r.mode(closed, i)
				r.settings(closed, i)
			}
			if len(r.claims) > before && hasAny(part, "今度は|今では|but now|and now|now it") {
				r.past(before)
			}
			if over := hasAny(part, "直っています|治っています|解消し|今は大丈夫|今は正常|今は見れ|今は出て|works now|working now|good now|fixed now|solved it|problem solved") || denied(part) && !hasAny(part, "ループ|loop|"+codes); over || len(r.claims) > before {
				r.solved = over
			}
			numbers += len(r.claims) - before
		}
		if trim(l.low) != "" {
			t := trim(l.low)
			r.heading = len(l.low) < 80 && endsAny(t, ":|モード| mode") && hasAny(l.low, "mode|モード|模式|ssl/tls")
		}
		if ours(l.low) || prose(l) {
			words = true
		}
		for _, h := range hostsIn(l.low) {
			if !hasAny(h, references) && count(h, ".") > 1 || has(l.low, "://"+h) || called(until(l.low, h)) {
				r.fact("host", h, i)
			}
		}
		if n, size := numberAfter(l.low, "alert number "); size > 0 {
			r.quoted(n, i)
		} else if n, size := numberAfter(l.low, "alert "); size > 1 {
			r.quoted(n, i)
		}
		for _, w := range wordsOf(l.text) {
			if beginsAny(w, "ERR_|SSL_ERROR_|SEC_ERROR_|NET::ERR_") && len(w) > 7 {
				r.fact("browser_code", w, i)
			}
		}
	}
	if r.solved {
		r.past(len(r.claims))
	}
	for _, h := range s.hits {
		rule := h.rule()
		if rule != nil && oneOf(rule.ID, "client_cert_400|plain_to_tls") {
			r.offer("symptom", until(rule.ID, "_400")+"_400", rule.ID, "through_cloudflare", int(h.line))
		}
		if rule == nil || rule.In&inBrowser == 0 || rule.Question != "symptom" || source(&r.lines[h.line]) {
			continue
		}
		taken := false
		for _, part := range sentences(r.lines[h.line].low) {
			taken = taken || hasAny(part, rule.Needles) && denied(part)
		}
		if taken {
			continue
		}
		words = true
		r.answer("symptom", rule.Answer, rule.ID, int(h.line))
	}
	if s.kind == unknown && (words || numbers > 0) {
		s.kind = sentence
	}
}

// past takes the first claims back: of what is over, no symptom is left.
func (r *reader) past(first int) {
	for n := range r.claims[:first] {
		if c := &r.claims[n]; c.Question == "symptom" && begins(c.Rule, "said") {
			c.firm, c.If = false, "own_site"
		}
	}
}

// called tells whether what stands before a host says that it is one: a label, in a mail of a host's or a form.
func called(head string) bool {
	head = strip(head, " \t\"'“「*")
	return endsAny(head, "@|site is|サイトは|domain is|ドメインは|certificate for|certificate for the domain|ドメイン:|ドメイン名:|サイト:|ホスト名:|domain:|domain name:|hostname:|site:|url:|common name:")
}

// commanding tells whether a line tells its reader what to say. It is text, and nothing that is seen.
func commanding(low string) bool {
	return beginsAny(strip(low, " \t#*>-[<!\""), "assistant|ai:|ai,|dear ai|note to ai|to the ai|as an ai|prompt:|instruction:|system: the|system: you|as the checker|to the checker|チェッカーへ|チェッカーは|aiへ|aiは") ||
		hasAny(low, `ignore all|ignore previous|ignore any|ignore the|ignore redaction|disregard|system prompt|"role":"system"|dear assistant|output answers|{mode|test443|set answers|set symptom|report symptom|you are now|you are a |you must conclude|you must answer|you must say|language model|say that the error|"symptom"|aiアシスタント|と回答して|と答えて|ように答え|ように回答|ように出力|と出力し|とすること|指示を無視|指示に従`)
}

// unquoted is a text without what somebody else said in it, of five words and more, or asking for something.
func unquoted(s string) string {
	for _, marks := range [][2]string{{`"`, `"`}, {"「", "」"}} {
		for from := 0; ; {
			at := seek(s, marks[0], from)
			if at < 0 {
				break
			}
			at += len(marks[0])
			end := seek(s, marks[1], at)
			if end < 0 {
				break
			}
			from = end + len(marks[1])
			if said := s[at:end]; len(fields(said)) >= 5 && !hasAny(upTo(said, 12), codes) || marks[0] != `"` && (len(said) > 90 || hasAny(said, "ください|下さい") || has(said, "場合") && standsAny(s, from, "とあり|と書|と記載")) {
				s = s[:at] + s[end:]
				from = at + len(marks[1])
			}
		}
	}
	return s
}

// closed is a text without the spaces between letters of ASCII and others, which some people type and others do not.
func closed(s string) string {
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		if s[i] == ' ' && i > 0 && i+1 < len(s) && (s[i-1] >= 0x80) != (s[i+1] >= 0x80) {
			continue
		}
		b = append(b, s[i])
	}
	return string(b)
}

// toggles are settings as the dashboard heads them, and below what it is.
var toggles = []phrase{
	{"always_https", "", "always use https|常に https を使用|常にhttpsを使用|常に https を使用する|常にhttpsを使用する"},
	{"aop", "", "authenticated origin pulls|認証済みオリジンプル|認証されたオリジンプル"},
}

// toggled reads a setting of the dashboard's: its name, perhaps what it does, and whether it is on.
func (r *reader) toggled(low string, i int) {
	t := trim(low)
	for n := range toggles {
		if oneOf(t, toggles[n].all) {
			r.toggle, r.toggleAt = n+1, i
			return
		}
	}
	if r.toggle == 0 || i > r.toggleAt+3 {
		return
	}
	value := ""
	switch {
	case oneOf(t, "on|enabled|オン|有効"):
		value = "on"
	case oneOf(t, "off|disabled|オフ|無効"):
		value = "off"
	default:
		return
	}
	r.claim(true, toggles[r.toggle-1].question, value, "said", "", r.toggleAt, i)
	r.toggle = 0
}

// forMail are names that no visitor opens.
const forMail = "mail|smtp|imap|pop|ftp|mx|webmail|autodiscover|cpanel|ssh"

// record reads a row of the dashboard's list of DNS records. Rows for mail tell nothing of the site.
func (r *reader) record(low string, i int) bool {
	all := fields(low)
	if len(all) < 4 || !oneOf(all[0], "a|aaaa|cname") {
		return len(all) > 3 && oneOf(all[0], "mx|txt|ns|srv|caa|ptr")
	}
	rest := join(all[1:], " ")
	value := ""
	switch {
	case hasAny(rest, "dns only|dns のみ|dnsのみ"):
		value = "no"
	case hasAny(rest, " proxied|プロキシ済み"):
		value = "yes"
	default:
		return false
	}
	if !oneOf(until(all[1], "."), forMail) {
		r.answer("proxied", value, "said", i)
	}
	return true
}

// quoted offers what a number of an alert within a sentence would mean: it is no output.
func (r *reader) quoted(n, i int) {
	if oneOf(decimal(n), "40|70|80|112") {
		r.number("alert", n, i)
		r.offer("test443", "alert"+decimal(n), "said_alert", "direct", i)
	}
}

// ours tells whether something that we know of is named.
func ours(low string) bool {
	return hasAny(low, "cloudflare|ssl|tls|https|525|526|521|522|520|523|524|530|strict|flexible|certificate|証明書|フレキシブル|リダイレクト|クラウドフレア|openssl|verify return|symptom|mode")
}

// source tells whether a line is of a program or a table of numbers: its numbers are none of ours.
func source(l *line) bool {
	t := trim(l.low)
	commas, spaces := 0, 0
	for i := range len(t) {
		switch t[i] {
		case ',':
			commas++
		case ' ':
			spaces++
		}
	}
	if commas >= 2 && spaces == 0 {
		return true
	}
	return has(t, "||") || hasAny(t, "==|!=|&&|=>|();|){|) {|case 5|const |var |let |def |func |#define|import |<?php|printf|console.") || ends(t, ";") && hasAny(t, "=|(") || beginsAny(t, "//|/*|return 5") || has(t, "return 5") && ends(t, ";")
}

// sentences cuts a line where a sentence ends. A point within a number or a name is no end.
func sentences(s string) []string {
	var all []string
	start := 0
	for i := 0; i < len(s); i++ {
		size := 0
		switch {
		case oneAt(s, i, ".!?") && (i+1 == len(s) || is(s, i+1, isSpace)), oneAt(s, i, "!?") && s[i+1] >= 0x80: // also what was full-width
			size = 1
		case !oneAt(s, i, " ,") && s[i] < 0x80:
		case standsAny(s, i, " but |けど|ですが|ますが|したが| aber |，但|,但"):
			size = 1
			if s[i] != ' ' {
				size = 3
			}
		case stands(s, i, "。"):
			size = len("。")
		}
		if size > 0 {
			all = with(all, s[start:i+size])
			start = i + size
			i += size - 1
		}
	}
	if trim(s[start:]) != "" {
		all = with(all, s[start:])
	}
	return all
}

// complaints are words beside which a number is an error.
const complaints = "error|mine |turned into|became|now |now: |suddenly|random |なん|return |ends with|ended with|end in|ends in|fail with|failed with|says|answers |responds|greeted|comes and goes|out of the blue|エラー|が出|がで|になっ|になり|になる|になら|表示|と出|が返|を返|gives|giving|get|got|returns|returned|shows|showing|seeing|see |throws|fails|failing|报错|错误|錯誤|出现|出現|显示|fehler|erreur|오류|hata|ошибка|発生|です|のせい|でる|出る|出ま|頻発|続い|出続|起き|起こ|直ら|直り|消え|止ま|困っ|still|reports |intermittent|is back|came back|再発|http"

// settingWords are ours, beside which a number is an error too.
const settingWords = "orange|grey|gray|オレンジ|グレー|cloudflare|クラウドフレア|ssl|tls|full|strict|flexible|フレキシブル|handshake|always use https|origin|オリジン|モード|mode|小黄云|回源|sometimes|certificate|証明書|たまに|时|host|site|サイト"

// units are what makes a number an amount.
const units = "yen|円|g |g.|kg|ms|px|usd|eur|dollar|ドル|%|件|行|人|個|ページ|items|mb|kb|gb|rows|times|tests|of 5|people|users|users|回|nm|km|万|名|点|日|分|年|th |号室|番地|元|块|orders|customers|visitors|posts|products|tickets|emails|files|students|records|hits|views|members|subscribers|points|jobs|hours|minutes|seconds|days|weeks|months|years|本|通|枚|台|社|ポイント"

// befores are what makes a number something else when it stands before it.
const befores = "port |ポート|row |line |rfc |rfc|$|¥|€|£|page |ticket |order |issue |#|room |no. |chapter |version |v|行|件|tcp/|udp/|about |bus |route |highway |section |part |flight |train |gate |unit |item |invoice |model |customer number is |order number is |番号は|_code\": |_code\":"

// denials take a number back.
const denials = " any more|'s gone| used to |ではなく|じゃなく|ではない|ではあり|でなく|じゃない|じゃあり|は出ません|は出ない|は出なく|が出なく|はもう出|は消え|が消え|は直り|が直り|はなくなり|がなくなり|は解決|が解決|を直してもら|を直した|を直しまし|を解決した|を解決しまし|を解決してもら|たら解決|たら直り|直った|治った|> works|→ works|→解決|から5|went away|is gone|are gone|was gone|is fixed|was fixed|is solved|disappeared|不是|消失|没有了| no longer| anymore|stopped|resolved"

// foreDenials take a number back that follows them.
const foreDenials = "n't see |n't get |n't show |n't return |n't give |n't seeing |n't getting |not a |not an |not |isn't |isn't a |no |never |no more |instead of |instead of a |without |without a |rather than |not see |not get |used to be |used to get |fixed the |fixed my |solved the |resolved the |got rid of the |was |不是|并非|from "

func denied(low string) bool {
	return hasAny(low, "went away|is gone|is fixed|disappeared|no longer|解決しました|解決済み|直りました|直った|消えました|出なくなりました|はなくなりました|がなくなりました|エラーが表示されなくなり|エラーは表示されなくなり|しなくなりました")
}

// code reads a number of ours in a sentence.
func (r *reader) code(part string, i, runes int) {
	told := 0 // the number that was answered last
	for at := 0; at+3 <= len(part); at++ {
		before := byteAt(part, at-1)
		if !is(part, at, isDigit) || letter(before) || digit(before) || among1("=_-/", before) || before == '.' && is(part, at-2, isDigit) || before == ':' && (is(part, at-2, isDigit) || oneAt(part, at-2, "]") || has(part[lastIndex(part[:at], ' ')+1:at], ".")) {
			continue
		}
		value, size := digits(part[at:])
		rest := part[at+size:]
		at += size - 1
		if size == 4 && oneOf(decimal(value), "1000|1014|1016|1033") {
			if hasAny(part, "error|エラー|错误|530|cloudflare") && !(rest != "" && (is(rest, 0, isDigit|isLetter))) {
				r.answer("symptom", "530", "said_code", i)
				r.answer("number", decimal(value), "said_code", i)
			}
			continue
		}
		if size != 3 || !oneOf(decimal(value), codes) || is(rest, 0, isLetter) && !plural(rest, part[:at-2]) || oneAt(rest, 0, "_") || oneAt(rest, 0, "/:.-~") && is(rest, 1, isDigit) {
			continue
		}
		if told == value { // of a line that says it a thousand times, one is enough
			continue
		}
		const most = 400 // bytes before a number that are about it
		head := part[max(0, at-2-most) : at-2]
		tail := rest
		for tail != "" && tail[0] == ' ' {
			tail = tail[1:]
		}
		if beginsAny(tail, "を避け|を防|を回避|対策|means|stands for|is when|indicates|turned into|became|を意味|とは|というのは|が出たあと|が出た後|のあと|の後") { // it is explained, or was
			continue
		}
		if beginsAny(tail, units) && !beginsAny(tail, "gives|gave|get|got|時|分から|日") || begins(tail, ",") && len(tail) > 1 && is(tail, 1, isDigit) {
			continue
		}
		foreign := hasAny(part, "/.well-known/|acme-challenge|pki-validation") // what an issuer of certificates met
		for list := befores; list != ""; {
			var b string
			b, list = piece(list)
			if ends(head, b) && (b != "v" || len(head) < 2 || !is(head, len(head)-2, isLetter)) {
				foreign = true
			}
		}
		if foreign {
			continue
		}
		if n := lastOf(head, " now |, now|今は"); n >= 0 { // what was before is of another number
			head = head[n:]
		}
		near := upTo(rest, 60)
		if hasAny(near, denials) && !hasAny(near, "直りません|消えません|解決しません|not fixed") && !between525(near) {
			continue
		}
		taken := false
		for list := foreDenials; list != ""; {
			var d string
			d, list = piece(list)
			if ends(head, d) || ends(head, d+"error ") || ends(head, d+"a ") || ends(head, d+"the ") {
				taken = true
			}
		}
		if taken || explained(part) || hasAny(part, others) || hasAny(part, "last year|years ago|去年|昨年") || hasAny(head, "was showing|was giving|was getting|used to |had been|以前は|昨日まで|さっきまで|先週まで|先月まで") || hasAny(head[max(0, len(head)-24):], "never ") || beginsAny(tail, "だった|でし") && hasAny(head, "昨日は|昨日も|先週は|先月は|前は|今朝は") || begins(tail, "から") && hasAny(rest, "520|521|522|523|524|525|526") || ends(head, "from ") {
			continue
		}
		const short = 200 // characters of a message about something of ours, in which a number may be a sentence
		alone := runes <= short && r.topical && strip(head, " .,!?:;()-=") == "" && strip(rest, " .,!?:;()-") == "" || runes <= 40 && len(fields(strip(head, " ")))+len(fields(strip(rest, " .!?"))) <= 2 && !otherDigit(head, value) && !otherDigit(rest, value)
		contrast := hasAny(part, "not a 5|not 5|isn't a 5|isn't 5|instead of 5|ではなく|じゃなく|不是5")
		asked := hasAny(part, "?|でしょうか|ますか") && !hasAny(part, "??|get|got |see|show|return|throw|still|keep|が出|にな|表示|出る|出て|直ら|消え")
		if may(part) || asked || wondered(part) || endsAny(head, "had |had a ") {
			r.offer("symptom", decimal(value), "said_code", "own_site", i)
			told = value
			continue
		}
		once := r.topical && (beginsAny(tail, "again|today") || endsAny(head, "また|でも|まだ|やっぱり|結局|今日も|今日は|今は") || ends(head, ": ") && until(strip(rest, " .!"), "。") == "")
		if contrast || once || hasAny(part, complaints) || hasAny(part, settingWords) && !hasAny(part, "full time|full-time|flexible hours|フルタイム") || alone || has(head, "|") && hasAny(part, "error") || runes <= 60 && hasAny(head, "since |after ") && strip(rest, " .!") == "" && !endsAny(head, "since |after ") || trim(head) == "" && beginsAny(tail, "on the |otherwise|every|since|again|when|after|only|all day|all the|always|everywhere|on all|夜|朝|昼") {
			r.answer("symptom", decimal(value), "said_code", i)
			told = value
		}
	}
}

// explained tells whether a sentence says when anybody sees an error.
func explained(part string) bool {
	return hasAny(part, "docs say|documentation|according to|ドキュメント") || hasAny(part, "happens when |occurs when |happens with |occurs with |ときに発生|場合に発生|ときに表示|場合に表示|ときに起こ|場合に起こ|ときに起き|場合に起き") && hasAny(part, "cloudflare|origin|オリジン|handshake|flexible|フレキシブル|full|フル") && !hasAny(part, "when i |when we |when my |when our ")
}

// plural tells whether several of an error are spoken of: random 520s.
func plural(rest, head string) bool {
	return rest[0] == 's' && (len(rest) == 1 || !is(rest, 1, isLetter|isDigit)) && endsAny(head, "random |the |some |of |see |seeing |get |getting |with |are |few |occasional |intermittent |sporadic |more |http |these ")
}

// may tells whether a sentence says what can happen, to anybody, and not what somebody sees.
func may(part string) bool {
	return hasAny(part, "可能性があり|恐れがあり|おそれがあり| may see| might see| may get| might get| may cause| can cause| can sometimes| could cause| can result| may result| may be shown| may appear| might appear| could appear| would see| would get| could see") || has(part, "場合") && hasAny(part, "ことがあり|ことがある") || hasAny(part, "もし5|もしまた|万が一|仮に5|if a 5|if 5|if the 5|to avoid |to prevent |avoid a 5|prevent a 5")
}

// otherDigit tells whether a text has another number than one.
func otherDigit(s string, value int) bool {
	for i := 0; i < len(s); i++ {
		if is(s, i, isDigit) {
			n, size := digits(s[i:])
			if n != value {
				return true
			}
			i += size
		}
	}
	return false
}

func hasDigit(s string) bool {
	for i := range len(s) {
		if digit(s[i]) {
			return true
		}
	}
	return false
}

// between525 tells whether a denial belongs to another number that follows.
func between525(near string) bool {
	for j := 0; j+3 <= len(near); j++ {
		if is(near, j, isDigit) {
			if n, size := digits(near[j:]); size == 3 && n >= 520 && n <= 530 {
				return hasAny(near[j:], denials) && !hasAny(near[:j], denials)
			}
		}
	}
	return false
}

// advised are words of what somebody else said to do.
const advised = "advise|勧め|推奨|recommend|suggest|says to|told me to|told us to|tells me|tells you|と書いて|と書かれ|と言われ|よう言われ|と聞い|と聞き"

// tries are endings of what was tried, before what came of it.
const tries = "にしたら|に変えたら|に変更したら|に戻したら"

// mode reads an SSL mode in a sentence.
func (r *reader) mode(part string, i int) {
	if !hasAny(part, "full|strict|flexible|フル|フレ|off|オフ|厳密|厳格|ssl-only|完全|严格|嚴格|灵活|彈性") {
		return
	}
	if n := index(part, "back to "); n >= 0 && !hasAny(part[:n], "fall") { // what was tried before is not what is set
		part = "mode " + part[n:]
	}
	r.topic = r.topic || hasAny(part, "cloudflare|strict|flexible|フレキシブル|ssl|"+codes)
	now := hasAny(part, "今は|いまは|現在|now:|now it|now the|now on|now we|currently|right now")
	followed := hasAny(part, "did that|did so|and now|and then|したら|変えたら|したところ|すると") && hasAny(part, "loop|ループ|"+codes) // advice, and what came of it
	context := r.heading || r.topic && now || r.topic && hasAny(part, " is flexible| on flexible|にしま|にした|に設定|に変更|に変え|のまま") || hasAny(part, "に変え|にした|にしま|に設定|に切り替え|changed|switched|with full|on full|with flexible|with strict|のまま|→|->") && hasAny(part, codes) || hasAny(part, "mode|モード|ssl|tls|模式|encryption|暗号化|set to|setting|設定|cloudflare|dashboard|ダッシュボード|加密|full (strict)|full strict") ||
		followed && hasAny(part, advised) || hasAny(part, "fullにした|フルにした|fullに変|フルに変") && hasAny(part, "解決|直り|直っ|エラー") || oneOf(until(strip(part, " .,!\t"), "。"), "full|strict|flexible|フル|フレキシブル") && (len(r.claims) > 0 || hasAny(r.lines[i].low, codes))
	question := hasAny(part, "should i|should we|?|べき|ほうがいい|方がいい|でしょうか|ますか|吗|what is|とは|if i |would |can i |たら良い|すればいい|difference|違い|todo|checklist|the plan: |[ ]|ステップ|手順|how to|try |you should|you need|you must|please |してください|して下さい|お願い|しましょう|asking|wonder|explain|検討|予定|つもり|迷って|planning|considering|thinking of|thinking about|is for|mean|otherwise|ときだけ|場合のみ|only when|only occurs|only happens") || explained(part) ||
		!followed && hasAny(part, advised) || wondered(part)
	question = question && !has(part, "??") || hasAny(part, "flexible|フレキシブル") && hasAny(part, "full,|フル、|フル・") && hasAny(part, "strict|厳密") // a list
	var all []string
	add := func(value, words string) {
		for words != "" {
			var word string
			word, words = piece(words)
			for from := 0; ; {
				n := seek(part, word, from)
				if n < 0 {
					break
				}
				from = n + len(word)
				head, tail := part[:n], part[from:]
				if joins(byteAt(head, n-1)) && is(word, 0, isLetter) || joins(byteAt(tail, 0)) && is(word, len(word)-1, isLetter) {
					continue
				}
				if endsAny(head, "n't use |not use |n't using |not using |not |not on |not set to |never on |to use |return to |isn't |from |no longer |instead of |was |was on |were on |was set to |working on |worked on |fine on |had |used to be |previously |前は|元は|当初は|昔は") || hasAny(head[max(0, len(head)-24):], "can't |cannot |couldn't |unable to ") || !followed && (heard(head) || begins(tail, "にするよう")) || beginsAny(opened(tail), " before|before|から|ではな|ではあ|じゃな|をやめ|以上|にできな|にできま|を選べ|が選べ|は選べ|に変えられ|に変更でき|にしたい|にしよう|に変えたい|に変更したい|にすべき|に設定します|を選択|を選び| hours| time| day|だと|では|なら|でも|にしても|に変えても|に戻しても|も試|を試|は試|を勧") || value == "full" && beginsAny(strip(tail, " -,/("), "strict|厳|ストリクト|严|嚴") || beginsAny(strip(tail, " "), "→|->|=>") && hasAny(upTo(tail, 16), "full|strict|flex|フル|フレ|厳") {
					continue
				}
				if beginsAny(tail, tries) && lastOf(tail, tries) > 0 { // what came of it was not the last
					continue
				}
				all = with(all, value)
			}
		}
	}
	add("strict", "full (strict)|full(strict)|full strict|full-strict|full, strict|full/strict|フル(厳密)|フル (厳密)|フル(厳格)|フル (厳格)|フル(ストリクト)|フルストリクト|完全(严格)|完全 (严格)|完全(嚴格)")
	add("origin_pull", "ssl-only origin pull")
	if hasAny(part, "だと") && hasAny(part, "full|strict|フル") {
		question = true // what is seen with either
	}
	covered := len(all) > 0
	if context || hasAny(part, "525|526|loop|ループ|redirect|リダイレクト|かもしれません|です|はflexible|はフレキシブル") {
		add("flexible", "flexible|フレキシブル|灵活|彈性")
	}
	if context && !covered && !has(part, "full") {
		add("strict", "strict|厳密|严格")
	}
	if covered && hasAny(part, " or full|full or|fullか|fullと|フルまたは|フル または|フルか") || context && !covered && !hasAny(part, "full page|full url|full log|full error|full output|full access|full chain|fullchain|in full") {
		add("full", "full|フル|完全")
	}
	if hasAny(part, "ssl is off|mode off|mode is off|ssl: off|モードはオフ|モードがオフ|ssl/tlsはオフ|sslがオフ|sslはオフ|off (not secure)|オフ(安全ではない)|set to off|mode: off") && !hasAny(part, "set symptom|ignore|automatic") {
		all = with(all, "off")
	}
	if question || advice(part) || hasAny(part, "ignore all|ignore previous|mode=") {
		return
	}
	if len(all) == 1 && now { // what was tried before is not what is set
		for n := range r.claims {
			if c := &r.claims[n]; c.Question == "mode" && c.Rule == "said_mode" {
				c.firm, c.If = false, "own_site"
			}
		}
	}
	for _, value := range all {
		r.answer("mode", value, "said_mode", i)
	}
}

// advice tells whether a sentence tells somebody what to do, as the steps of a guide do.
func advice(part string) bool {
	part = strip(part, " \t0123456789.)-*>")
	return hasAny(part, ": set |: turn |: switch |: change |: use |: choose ") || beginsAny(part, "set the |set your |set ssl|set mode|set it |set cloudflare|turn |switch |change |use |select |choose |enable |go to |make sure |ensure |in cloudflare, |log in |open ")
}

// opened is a text without the marks that close a quotation before it.
func opened(s string) string {
	for list := "」|』|\"|'|”"; list != ""; {
		var mark string
		if mark, list = piece(list); begins(s, mark) {
			return s[len(mark):]
		}
	}
	return s
}

// lastOf is where the last of the pieces of a list begins in a text, or -1.
func lastOf(s, list string) int {
	last := -1
	for list != "" {
		var p string
		p, list = piece(list)
		for at := index(s, p); at >= 0; {
			last = max(last, at)
			n := index(s[at+1:], p)
			if n < 0 {
				break
			}
			at += 1 + n
		}
	}
	return last
}

// joins tells whether a byte beside a word makes it a part of another: strict-sni is no mode.
func joins(b byte) bool { return letter(b) || b == '-' || b == '_' }

// A phrase is what people say of something that we ask.
type phrase struct {
	question, answer string
	all              string // one of them
}

// sudden are words that say that nothing was changed, unless something is said to have been.
const sudden = "いきなり|suddenly|突然|急に|out of nowhere"

// phrases are such words.
var phrases = []phrase{
	{"symptom", "loop", "redirect loop|redirects too many|too many redirect|リダイレクトループ|無限リダイレクト|無限ループ|ループしま|ループが止ま|ループが直ら|ループが続|ループ状態|ループして|ループになりま|ループになって|ループが発生し|keeps looping|loop is still|still loop|リダイレクトが繰り返|无限重定向|重定向次数过多|リダイレクトが多すぎ|redirecting endlessly|infinite redirect|endless redirect|site loops|page loops|keeps redirecting|redirects forever|redirects endlessly|循环重定向"},
	{"symptom", "520", "web server is returning an unknown error"},
	{"symptom", "521", "web server is down"},
	{"symptom", "523", "origin is unreachable"},
	{"symptom", "525", "ssl handshake failed"},
	{"symptom", "526", "invalid ssl certificate"},
	{"symptom", "mixed", "mixed content|混在コンテンツ|混合内容"},
	{"always", "sometimes", "comes and goes|come and go|one in |request in |requests in |in ten|off and on|日によって|sometimes|intermittent|occasionally|random |randomly|now and then|from time to time|たまに|時々|ときどき|時折|断続|日に数|日に何|数回|偶尔|有时|on and off|once a|once in a while|every so often|every few|times a day|some of the time|half of the|half of requests|half the time|about half|たり出なかったり|ならなかったり|出たり消えたり|見えたり|つながったり|不定期|ランダムに|every night|at night|夜だけ|夜間だけ|頃だけ|週末だけ|朝だけ|時間帯"},
	{"always", "always", "every single |every request|each time|every time|毎回|每次|all the time|constantly|always get|always shows|ずっと|常に出|必ず"},
	{"since", "nothing", "out of the blue|not touch anything|not touched anything|nothing changed|nothing was changed|changed nothing|never changed|haven't changed|hasn't changed|haven't touched|nothing has changed|no changes|didn't change anything|did not change anything|何も変えて|何も変更して|何もしていない|何もしてない|何もいじ|いじってない|いじっていない|何も触っ|触ってない|触っていない|触っていません|触ってません|いじっていません|nothing touched|touched nothing|didn't touch|なにもして"},
	{"since", "nothing", sudden},
	{"proxied", "no", "proxy: off|proxy is off|プロキシ:オフ|プロキシ: オフ|プロキシはオフ|プロキシがオフ|grey-cloud|gray-cloud|grey cloud|gray cloud|dns only|dns-only|グレーの雲|グレー雲|灰色の雲|dnsのみ|not proxied|灰云|灰色云"},
	{"proxied", "yes", "proxy: on|proxy is on|プロキシ:オン|プロキシ: オン|orange cloud is on|orange-clouded|proxied (orange|is proxied|are proxied|オレンジの雲です|オレンジの雲はオン|オレンジの雲がオン|オレンジ雲です|プロキシ済み|オレンジ雲をオン|オレンジの雲をオン|オレンジ色の雲をオン|オレンジの雲をon|turned on the orange cloud|enabled the orange cloud|orange cloud on|switched on the orange cloud|プロキシはオン|プロキシがオン|プロキシは有効|プロキシが有効|プロキシを有効|开启小黄云|orange cloud enabled"},
	{"origin", "hosting", "is shared hosting|on shared hosting|on a shared host|use shared hosting|using shared hosting|レンタルサーバーです|レンタルサーバーを使|レンタルサーバーを利用|レンタルサーバーを借|レンタルサーバを使|共有サーバーです|共有サーバーを使|共用サーバーです"},
	{"can_install_cert", "no", "can't install certificates|can't install a certificate|cannot install certificates|cannot install a certificate|can't upload a certificate|証明書を入れられません|証明書は入れられません|証明書を入れられない|証明書は入れられない|証明書をインストールできません|証明書はインストールできません|証明書を設置できません|証明書の設置はできません"},
	{"app", "wordpress", "wordpress|ワードプレス|wp-cron|wp site|wpの|wpサイト"},
	{"scheme", "https_only", "http works|httpは見れ|httpは見え|httpは表示|httpは開|httpなら開|httpなら見|httpなら表示|httpだと見え|httpsだとつなが|httpsだと見れな|httpsだと見えな|only https fails|httpsだけ|httpでは表示|http is fine"},
	{"scheme", "http_only", "https works but http|httpだけ|only http fails"},
	{"aop", "on", "authenticated origin pulls is on|authenticated origin pulls is enabled|authenticated origin pullはオン|authenticated origin pullsはオン|authenticated origin pulls on|authenticated origin pulls enabled|enabled authenticated origin pull"},
	{"symptom", "not_issued", "certificate cannot be issued|could not renew|can't renew the certificate|証明書が発行でき|証明書を発行でき|証明書を更新でき|証明書の更新に失敗|failed to renew|自動更新に失敗|更新ができません|更新できません|更新されませんでした|発行できません|did not renew|cannot renew|could not be renewed|unable to renew|was not renewed|could not be issued|could not issue|発行に失敗|sslの設定に失敗"},
}

// sayings are the wordings of phrases.
var sayings = func() *scanner {
	s := &scanner{}
	for i := range phrases {
		s.add(i, phrases[i].all)
	}
	return s
}()

// supposed tells whether a sentence says what is seen with a setting, and perhaps without: it tells not which is set.
func supposed(part string) bool {
	return hasAny(part, "にすると|だと|なら|の場合|cloud = |grey = |gray = |orange = |cloud works|grey works|gray works|に切り替えると|with the proxy|when the proxy|if the proxy|with grey|with gray|with a grey|when grey|when gray|if i grey|with dns only|when dns only|with the grey|with the gray")
}

// title tells whether an answer is the number of one of the edge's pages, here by its title.
func title(answer string) bool { return oneOf(answer, codes) }

// settings reads what else people tell.
func (r *reader) settings(part string, i int) {
	asks := wondered(part) || hasAny(part, "should i|should we|?|べき|ほうがいい|方がいい|でしょうか|ますか|what is|what does|how do i|とは|if i ")
	r.found = sayings.scan(part, 0, r.found[:0])
	if !wondered(part) {
		r.changed(part, i)
	}
	for list := "always use https|常にhttpsを使用|常に https を使用"; list != "" && !asks; {
		var name string
		name, list = piece(list)
		n := index(part, name)
		if n < 0 || hasAny(part, "should|べき|ください|下さい") {
			continue
		}
		rest := part[n+len(name):]
		rest = until(upTo(rest, 24), ",") + " "
		on := hasAny(part[:n], "turned on |enabled |turning on |enabling ") || hasAny(rest, " on | on.|オン| enabled|开启|有効")
		off := hasAny(part[:n], "turned off |disabled ") || hasAny(rest, " off |オフ|disabled| off.|無効")
		switch {
		case on == off:
		case on:
			r.answer("always_https", "on", "said", i)
		default:
			r.answer("always_https", "off", "said", i)
		}
	}
	for n, p := range phrases {
		said := false
		for _, h := range r.found {
			said = said || int(h.what) == n
		}
		if !said {
			continue
		}
		if p.question == "always" && (p.answer == "always" && hasAny(part, "always use https|常にhttps|常に https") || may(part)) {
			continue
		}
		for list := p.all; list != ""; {
			var w string
			w, list = piece(list)
			n := index(part, w)
			if n < 0 || hasAny(part[:n], "not "+w+"|no "+w+"|isn't "+w) || endsAny(part[:n], "not |no |never ") {
				continue
			}
			tail := part[n+len(w):]
			if beginsAny(tail, "ではな|ではあ|じゃな|は消え|は直り|は解決|にはな|にならな|になりませ|になっていませ|はしていませ|はしませ|は起きていませ|は起きませ|はありませ") || p.answer == "loop" && beginsAny(tail, "になるので|になったので|になるため|になったため|になるから|するので|したので") && hasAny(tail, codes) || denied(upTo(tail, 60)) && p.question == "symptom" {
				break
			}
			if p.question == "since" && (r.answered("since") || hasAny(part[n:], "except|apart from|other than|only that|以外")) {
				break
			}
			if p.question == "since" && (hasAny(upTo(tail, 36), "ていませ|ていない|てない|ておりませ|しません|しない|前は") || wondered(part)) {
				break
			}
			if p.question == "app" && (hasAny(part[:n], "n't have |n't use |n't run |not a |without ") || beginsAny(tail, " was mentioned| is mentioned|の記事")) || p.question == "symptom" && (heard(part[:n]) || explained(part)) || p.question == "proxied" && (supposed(part) || hasAny(part, "grey|gray|グレー") && hasAny(part, "orange|オレンジ") || heard(part[:n]) || endsAny(part[:n], "was |were ")) {
				break
			}
			if title(p.answer) && !hasAny(part, "cloudflare|クラウドフレア|full|strict|flexible|フル|フレキシブル") {
				r.offer(p.question, p.answer, "said", "through_cloudflare", i)
				break
			}
			if asks && p.question != "symptom" && p.question != "always" && p.question != "since" && p.question != "app" {
				break
			}
			if asks && p.question == "symptom" && (hasAny(part, "what is|とは") || strip(part, " ?") == w) {
				r.offer(p.question, p.answer, "said", "own_site", i)
				break
			}
			r.answer(p.question, p.answer, "said", i)
			break
		}
	}
}
