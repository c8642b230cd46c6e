package diagnose
import ("testing";"fmt")
func TestZZ(t *testing.T){
 d:=NewDesk(engine)
 for _,s:=range []string{"symptom=525","symptom=525&test443=unknown","symptom=loop","symptom=loop&test443=ok","symptom=526","symptom=522","symptom=521","symptom=mixed","symptom=525&test443=client_cert","symptom=522&scheme=both&mode=full&test443=ok"}{
  a,_:=Parse(s); f:=d.Diagnose(a); fmt.Println("==",s,f.Done,f.Next.Question)
  for _,p:=range f.Plans { fmt.Printf("   plan %v %.3f %d value %.3f %v\n",p.Steps,p.Chance,p.minutes,p.value(),p.Kind) }
  d.classify()
  for q:=range QuestionCount { if a.Told[q]!=Unasked {continue}; g,s:=d.learn(q); pp:=unsure[questions[q].skill].before; for qq,o:=range a.Told { if o==Unknown && questions[qq].skill==questions[q].skill {pp=unsure[questions[q].skill].after}}; fmt.Printf("   %-16s gain %.3f value %.4f sure %.3f min %v\n",q,g,(1-pp)*g/questions[q].minutes,s,questions[q].minutes)}
 }
}
