package evidence_test

import (
	"strings"
	"testing"

	"sslclinic/wasmcheck/evidence"
)

// TestOnlyWhatIsSaidOfOneselfAndNowCounts: each line has an answer, or a question that has none, and a sentence. What was tried, was
// once, is planned, asked, advised, denied or somebody else's is no answer.
func TestOnlyWhatIsSaidOfOneselfAndNowCounts(t *testing.T) {
	for line := range strings.Lines(`since=move	We moved to a new host last week and now every page is 525
since=move	Just moved from Bluehost to a VPS. Error 525 since.
since=move	After the migration to Hetzner we see error 525
since=move	Our site was migrated to another provider yesterday, now 526
since=move	Since our host moved us to a new server, 525
since=move	Switched providers on Friday; 525 ever since
since=move	I transferred the site to a new VPS and get 525
since=move	We just changed hosting and the site gives 525
since=move	my host migrated my account to another server and now i get error 525
since=move	ever since we moved the site over to AWS it shows 525
since=move	サーバーを移転してから525が出ます
since=move	サーバー移転後、525エラーになりました
since=move	サーバを引っ越したら525になった
since=move	新サーバーに移行したのですが、525が出ます
since=move	レンタルサーバーを乗り換えたところ525エラーが表示されます
since=move	先週サーバーを変えました。それから525が出ています
since=move	VPSに移してから表示されなくなり525です
since=move	サイトをエックスサーバーへ移行した後から525エラー
since=move	迁移服务器后出现525错误
since=move	换了服务器之后一直525
since=mode_change	Changed the SSL mode to Full and now get 525
since=mode_change	I switched from Flexible to Full (strict) this morning: 526
since=mode_change	After switching to Full the site returns 525
since=mode_change	changed it to strict and boom, 526
since=mode_change	I set it to Full because of the redirect loop, now it's 525
since=mode_change	FlexibleからFullに変更したら525になりました
since=mode_change	SSLモードをフルに切り替えたら525エラー
since=mode_change	フル（厳密）に変えた途端526になりました
since=mode_change	暗号化モードをフルに変更後、525が表示されます
since=mode_change	モードをFullにしたら525です
since=mode_change	昨日Fullに上げたところ525が出た
since=mode_change	切换到Full后出现525
since=cloudflare_on	After adding Cloudflare the site shows 525
since=cloudflare_on	I turned on the orange cloud and now it's error 525
since=cloudflare_on	pointed my nameservers to Cloudflare yesterday, since then 525
since=cloudflare_on	We enabled the proxy this morning and get 525
since=cloudflare_on	started using Cloudflare today and my site is 525
since=cloudflare_on	moved my DNS to Cloudflare and now error 525
since=cloudflare_on	Changed nameservers to Cloudflare. 525 since.
since=cloudflare_on	Since I put Cloudflare in front of the site, 525
since=cloudflare_on	Cloudflareを導入してから525が出ます
since=cloudflare_on	オレンジ雲をオンにしたら525になりました
since=cloudflare_on	プロキシを有効にした途端525
since=cloudflare_on	ネームサーバーをCloudflareに変更したら525エラー
since=cloudflare_on	Cloudflareを通すようにしてから525です
since=cloudflare_on	Cloudflareを使い始めたら525になりました
since=cloudflare_on	开启小黄云后525
since=update	After updating nginx we get 525
since=update	I upgraded to Ubuntu 24.04 and now 525
since=update	Since the PHP update the site is 520
since=update	updated WordPress yesterday. now 525
since=update	After the upgrade to Debian 12, 525
since=update	WordPressをアップデートしたら525が出ました
since=update	nginxを1.26に上げてから525です
since=update	プラグインを更新したら520になりました
since=update	OSをアップグレードした後525エラー
since=update	PHPを8.3に上げたら525になりました
since=renewal	Since I renewed the certificate I get 526
since=renewal	After the cert renewal, 526
since=renewal	We replaced the certificate on the server yesterday. Now 526.
since=renewal	The certificate was renewed last night and since then 526
since=renewal	installed a new cert and now 526
since=renewal	証明書を更新したら526になりました
since=renewal	証明書の更新後、526が出ます
since=renewal	証明書を入れ替えてから526です
since=renewal	昨日SSL証明書を更新しました。それから526が表示されます
since=renewal	SSL証明書の更新作業をした直後から526
since=renewal	更新证书后525
since=nothing	Nothing changed on our side, suddenly 525
since=nothing	何も変えていないのに525が出ます
since=	We are planning to move to a new host next month. We get 525.
since=	Should I move to another host? I get 525.
since=	My host says nothing about 525, I might move to a new server
since=	I have not changed the mode. 525.
since=	Before I moved to the new server everything was fine? no, 525 before too
since=	Do I need to renew the certificate? Error 526
since=	The certificate was not renewed. 526.
since=	I tried switching to Full, did not help. 525
since=	Someone told me I should update nginx. 525
since=	a friend migrated his site and had 525
since=	the certificate renewal failed with an error
since=	nginx needs an update. Error 525
since=	サーバーを移転したいのですが525が出ています
since=	証明書の更新方法を教えてください。526です
since=	証明書の更新はまだしていません。526
since=	移転する予定です。今525が出ます
since=	Fullに変えるべきですか？525です
since=	モードは変えていません。525
since=	WordPressを更新すべきでしょうか。525が出ます
since=	来月サーバー移転を予定しています。525が出ます
since=	サーバー移転前から525が出ています
since=	Cloudflareを導入する前から525でした
since=	I renewed the certificate two years ago; today 526
since=	Last year we migrated to AWS. Today 525.
since=	what is a migration? 525
since=	the docs say 525 happens after switching to Full
since=	To fix it I renewed the cert, still 526
since=	Renewing the cert did not help, still 525
since=	I updated the DNS record. 525
since=	I updated the plugin to fix it but still 525
since=	Fullに変えましたが直りません。525です
since=	証明書を更新しましたが、526のままです
mode=full	Our SSL mode is Full. 525.
mode=full	SSL/TLS encryption mode: Full
mode=strict	We are on Full (strict) and see 526
mode=flexible	Cloudflare is set to Flexible, site loops
mode=full	モードはフルです。525が出ます
mode=strict	フル（厳密）で使っています。526です
mode=flexible	SSLはフレキシブルにしています。リダイレクトループです
mode=full	Cloudflare側はFullのままです。525
mode=	Should I set it to Full? I get 525
mode=	Someone told me to use Full (strict). 525 here.
mode=	My host says the mode must be Full. I see 525.
mode=	I tried Flexible but it did not help, 525
mode=	Tried Full and Full (strict), same 525
mode=	The mode is not Full. 525
mode=	We used to have Full. Now 525.
mode=	It was on Full before. 525
mode=	I would like to use Full (strict) but get 525
mode=	What does Full mean? 525
mode=	Does Full (strict) need a certificate? 526
mode=	If I choose Full I get 525
mode=	A friend runs Full without problems. I get 525
mode=	Fullにすべきですか？525が出ます
mode=	Fullにするように言われました。525です
mode=	FullでもFlexibleでも525です
mode=	Flexibleも試しましたが525です
mode=	以前はFullでした。525です
mode=	Fullではありません。525です
mode=	Fullにするにはどうすればいいですか。525です
mode=	Full（strict）にしたいのですが526が出ます
mode=	サポートにFullを勧められました。525です
mode=	Fullにすると525、Flexibleだとループします
mode=	知人はFullで動いているそうです。うちは525です
mode=full	I tried Flexible first, now it is Full. 525
mode=full	前はFlexible、今はFullで525です
mode=strict	Switched from Full to Full (strict): 526
mode=full	I changed the mode from Flexible to Full and got 525
mode=off	SSL is off in Cloudflare, 521
proxied=	Should I turn the orange cloud off? 525
proxied=	With the grey cloud it works, 525 otherwise
proxied=no	The record is DNS only. 525? no, timeout
proxied=yes	The orange cloud is on. 525
proxied=	If I set it to DNS only the site works. 525 else
proxied=	グレーの雲にすると見れます。オレンジだと525
proxied=yes	プロキシはオンです。525
proxied=	I tried DNS only, did not help. 525
proxied=	support said to set it to DNS only. 525
proxied=	DNSのみにしたほうがいいですか？525です
proxied=	was DNS only until last week. 525
always_https=on	Always Use HTTPS is on. Loop.
always_https=off	Always Use HTTPS is off. 525
always_https=	Should Always Use HTTPS be on? 525
always_https=	I was told to turn on Always Use HTTPS. 525
always_https=	turning off Always Use HTTPS did not help, loop
always_https=on	常にHTTPSを使用はオンです。ループします
always_https=	常にHTTPSを使用をオンにすべきですか
symptom=	I had 525 last month, it works now
symptom=	The 525 is gone since yesterday. Thanks!
symptom=	What is error 525?
symptom=	My colleague's site shows 525
symptom=525	Still 525 after everything
symptom=526	not 525 but 526
symptom=525	525が直りません
symptom=	525は直りました
symptom=	525って何ですか？
symptom=	Fullにすると525になりますか？
symptom=525	昨日から525です
symptom=525	no more 526, now 525
symptom=	Will I get a 525 with Full?
symptom=	We expected a 525 but all is fine
symptom=	someone wrote that they see 525
app=	This is not WordPress. 525
app=wordpress	It's a WordPress site. 525
always=sometimes	525 comes and goes
always=always	525 every time
always=	525 not sometimes but
`) {
		want, text, _ := strings.Cut(strings.TrimSpace(line), "\t")
		question, value, _ := strings.Cut(want, "=")
		got := ""
		for _, a := range evidence.Read(text, "").Answers {
			if a.Question == question {
				got = a.Value
			}
		}
		if got != value {
			t.Errorf("%s: %s=%s, not %q", text, question, got, value)
		}
	}
}
