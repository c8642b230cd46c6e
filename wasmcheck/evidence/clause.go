package evidence

// A change is what people say was done before a fault began: in one clause stand what it was done to and what was done, in
// either order. English says that it is done by the form of the verb, or by a word such as "after" before what it is doing;
// Japanese by what the verb ends in.
type change struct {
	since  string
	things string // what it is done to
	but    string // with one of these it is something else
	past   string
	doing  string // counts behind "after" and its like
	stems  string // Japanese, before an ending of what is done
}

var changes = []change{
	{"mode_change", "full|strict|flexible|ssl mode|tls mode|encryption mode|the mode|モード|フル|フレキシブル|厳密|暗号化", "server|host|provider|wordpress|サーバ",
		"changed|switched|flipped|moved|i set |we set |went from|turned|raised|selected|chose", "changing|switching|flipping|moving|setting|going |raising|turning", "変え|変更し|変更|切り替え|切替え|切替|にし|設定し|上げ|戻し|切换到full|切换到strict|改成full|改为full"},
	{"renewal", "cert|let's encrypt|letsencrypt|renewed|証明書|证书", "not |fail|tried|the domain|my domain|our domain|hosting|subscription|プラグイン|wordpress",
		"renewed|replaced|reissued|re-issued|installed a|installed the|installed our|installed my|was installed|swapped|updated|uploaded|rotated", "renewing|renewal|replacing|replacement|reissu|installing|swapping|updating|rotati", "更新し|更新|入れ替え|差し替え|入れ直し|再発行し|再発行|取り直し|貼り替え|インストールし|新しくし|更新证书|更换证书|换了证书|续期"},
	{"cloudflare_on", "cloudflare|orange cloud|the proxy|nameserver|name server|クラウドフレア|プロキシ|オレンジ|ネームサーバ|小黄云", "full|strict|flexible|フル|フレキシブル|モード|厳密|ssl |ssl/|mode|https|rule|cert|tunnel|api|in cloudflare|dashboard|in the cloudflare|setting|hsts|cache|waf|grey|gray|dns only|dnsのみ|グレー|プラグイン|証明書|nginx|apache",
		"turned on|switched on|enabled|activated|added|connected|pointed|put |set up|started using|moved|switched to|switched the dns|switched dns|onboarded|changed nameserver|changed the nameserver|changed our nameserver|changed my nameserver", "turning on|switching on|enabling|activating|adding|connecting|pointing|putting|setting up|moving|switching to|onboarding|changing", "オンにし|onにし|有効にし|有効化し|通し|入れ|導入し|導入|つない|つなげ|繋い|経由し|経由にし|挟ん|使い始め|追加し|登録し|切り替え|切替|向け|変え|変更し|変更|乗せ|設定し|かませ|移し|接続し|通すようにし|使うようにし|开启小黄云|开了小黄云"},
	{"update", "nginx|apache|php|wordpress|plugin|ubuntu|debian|openssl|caddy|plesk|cpanel|docker|traefik|kernel|theme|haproxy|package|ワードプレス|プラグイン|テーマ|カーネル|パッケージ|サーバーソフト|osを|osの", "cert|証明書|config|設定",
		"updated|upgraded|patched", "updating|upgrading|update|upgrade|patching", "アップデートし|アップデート|更新し|更新|バージョンアップし|バージョンアップ|アップグレードし|アップグレード|上げ"},
	{"move", "server|host|vps|provider|droplet|machine|aws|hetzner|lightsail|ec2|azure|site|shop|サーバ|ホスティング|サイト|ホスト|環境|から|服务器|主机", "cloudflare|クラウドフレア|dns|domain|nameserver|full|strict|flexible|フル|モード|mode|config|block|setting|php|registrar|証明書|cert|プラグイン|ドメイン|設定|nginx|apache|https",
		"moved|migrated|switched to|switched host|switched provider|changed host|changed provider|transferred|relocated", "moving|migrating|migration|switching|transfer|relocat|changing host|changing provider|the move", "移転し|移転|移行し|移行|移し|引っ越し|引越し|引っ越|引越|乗り換え|載せ替え|移っ|移設し|移設|新しくし|リプレースし|リプレース|サーバーを変え|サーバを変え|サーバーを変更し|迁移|迁移服务器|换了服务器|换服务器|更换服务器|换了主机"},
}

// leading are words of English behind which stands what was done, and endings of Japanese that say so.
const (
	leading = "after |since |following |when |once |as soon as |the moment |made |broke|caused|started with"
	endings = "たら|だら|てから|だから|た後|だ後|たあと|た途端|た瞬間|たとたん|たところ|て以来|た直後|だ直後|た翌|だ翌|た日から|た際|たのですが|たのに|以降|後に|後から|後、|後も|後 |後の|後5|後は|後「|後で|直後|の後|後エラー|後すぐ|たので|之后|后"
)

// undone are words with which nothing was done, or long ago, or is only thought of.
const undone = "n't |not | never |before |instead of|without |want to|plan to|planning|going to |about to |would |will |should |if |need to|last year|years ago|months ago|a year ago|tried to|to fix|to avoid |to prevent |docs say|documentation|according to|happens |it works|works now|anymore|any more|fixed |solved|went away"

// changed reads since when it is so: by what was done to what.
func (r *reader) changed(part string, i int) {
	if hasAny(part, "去年|昨年|年前|か月前|ヶ月前|ヵ月前|a friend |my friend ") || hasAny(part, others) {
		return
	}
	for _, clause := range clauses(part) {
		if n := index(clause, " until "); hasAny(clause, undone) || n >= 0 && hasAny(clause[:n], codes) { // it was 525 until I …
			continue
		}
		after := hasAny(clause, leading)
		for n := range changes {
			c := &changes[n]
			if hasAny(clause, c.things) && !hasAny(clause, c.but) && (hasAny(clause, c.past) || after && hasAny(clause, c.doing)) {
				r.began(n+1, clause, i)
				return
			}
		}
	}
	if plain(part) {
		return
	}
	before := r.done // in the sentence before
	r.done = done(until(strip(part, " ."), "。"), "だけしました|だけ行いました|ました|した")
	if r.done > 0 && r.unchanged() != nil {
		r.began(r.done, part, i)
		return
	}
	if before > 0 && beginsAny(trim(part), "それから|それ以来|それ以降|その後|以来") {
		r.began(before, part, i)
		return
	}
	for _, e := range pieces(endings) {
		for at := index(part, e); at >= 0; {
			at += len(e)
			if c := done(part[:at], e); c > 0 && !standsAny(part, at, "解決|直|治|大丈夫") {
				r.began(c, part[:at], i)
				return
			}
			n := index(part[at:], e)
			if at += n; n < 0 {
				break
			}
		}
	}
}

// done is the change that a clause of Japanese ends in, before one of some endings, counted from 1, or 0.
func done(clause, endings string) int {
	const most = 120 // bytes before an ending in which all of its clause stands
	for endings != "" {
		var e string
		e, endings = piece(endings)
		if !ends(clause, e) {
			continue
		}
		head := clause[:len(clause)-len(e)]
		head = head[max(0, len(head)-most):]
		for list := "を行っ|を実施し|作業をし|作業し|作業"; list != ""; { // 更新を行った後
			var w string
			if w, list = piece(list); ends(head, w) {
				head = head[:len(head)-len(w)]
			}
		}
		for n := range changes {
			if c := &changes[n]; endsAny(head, c.stems) && hasAny(head, c.things) && !hasAny(head, c.but) {
				return n + 1
			}
		}
	}
	return 0
}

// unchanged is the claim that nothing was changed, or nil.
func (r *reader) unchanged() *claimed {
	for n := range r.claims {
		if c := &r.claims[n]; c.firm && c.Question == "since" && c.Value == "nothing" {
			return c
		}
	}
	return nil
}

// began says since when it is so, and that the proxy was turned on where that is how it began.
func (r *reader) began(which int, clause string, i int) {
	c := &changes[which-1]
	if said := r.unchanged(); said != nil { // and something was, all the same
		said.firm = false
	}
	r.answer("since", c.since, "said", i)
	if c.since == "cloudflare_on" && hasAny(clause, "orange cloud|the proxy|オレンジ|プロキシ") {
		r.answer("proxied", "yes", "said", i)
	}
}

// heard tells whether a clause, up to what it names, says what was tried, or what somebody said.
func heard(head string) bool {
	if n := lastOf(head, ", |; |、"); n >= 0 {
		head = head[n:]
	}
	return hasAny(head, "tried |told |said to |says to |must be |suggest|advis|recommend|before:|earlier|previously|以前|old server|old host|旧サーバ|前のサーバ")
}

// clauses cuts a sentence of English where one clause ends.
func clauses(s string) (all []string) {
	start := 0
	for i := 0; i < len(s); i++ {
		size := 0
		switch s[i] {
		case ',', ';', ':':
			if i+1 < len(s) && s[i+1] == ' ' {
				size = 2
			}
		case ' ':
			switch {
			case standsAny(s, i, " and | but | all "): // after it the rest: since the move all pages …
				size = 5
			case stands(s, i, " except "):
				size = 8
			case stands(s, i, " so "):
				size = 4
			}
		}
		if size > 0 {
			all = with(all, s[start:i])
			start = i + size
			i += size - 1
		}
	}
	return with(all, s[start:])
}

// wondered tells whether a sentence asks what would be, and does not say what is. Why it is so is asked of what is.
func wondered(part string) bool {
	t := trim(part)
	if hasAny(t, "なぜ|どうして|何故|原因") {
		return false
	}
	return has(t, "?") && (beginsAny(t, "if |will |would |could |can |does |do |should |may |might ") || hasAny(t, ", will |, would |, could |, can |, do i |, does ")) ||
		hasAny(t, "になりますか|になるでしょうか|になるのでしょうか|が出ますか|が出るでしょうか|が出るのでしょうか|になることはありますか|が出ることはありますか|になるんでしょうか|になるの?")
}

// others are whose fault it is, where it is not one's own.
const others = "competitor|someone wrote|somebody wrote|friend's|friend has|colleague's|coworker's|neighbour's|neighbor's|someone else|other site|their site|his site|her site|友人の|知人の|同僚の|知り合いの|他のサイト|別のサイト|他社|他の人|取引先|うちではなく|うちのサイトではなく|not our site|not my site"
