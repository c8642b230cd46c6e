package checkpages
import ("testing";"fmt";"sslclinic/wasmcheck/diagnose")
func TestTry(t *testing.T){ e:=diagnose.New(); n:=0; es:=Tree(e,300); Walk(es,func(x *Node){n++; if len(x.Children)>0 {fmt.Println(x.Path,"->",x.Question, x.weight)}}); fmt.Println(n) }
