"""English passes in every dress; what is clearly another language does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.extract.language import _function_words, is_english

ENGLISH = {
    "news": "Poland sent two hundred trucks of grain to Ukraine on Tuesday, and officials in Warsaw said that more would follow. "
    "Hungary, which had closed the road, denied that it was blocking the convoy.",
    "short": "Guerre et paix",
    "empty": "",
    "capitals": "POLAND SENT TWO HUNDRED TRUCKS OF GRAIN TO UKRAINE ON TUESDAY, AND OFFICIALS IN WARSAW SAID THAT MORE WOULD FOLLOW "
    "WHEN THE ROAD IS OPEN AGAIN AND THE WEATHER IS BETTER.",
    "headlines": "Poland ships grain to Ukraine. Hungary closes border road to trucks. Slovakia, Austria call for talks. "
    "Germany warns of shortage. Spain offers ships. Italy and Greece in dispute over port fees. Turkey mediates.",
    "long quotation": "The minister of Portugal answered in his own language: “O governo não vai aceitar que as fronteiras sejam fechadas "
    "sem uma decisão comum dos países da região.” He said that it was up to the others to act, and that the ships would wait in the "
    "harbour until there was an agreement with the owners of the cargo.",
    "foreign names": "Le Monde and Der Spiegel reported that the mayor of San Sebastián de la Gomera would meet the head of Société "
    "Générale in La Paz, where the Partido de la Costa and the Union des Forces du Progrès have their seats.",
    "addresses": "See https://harbour.example/world/2031/poland-grain-ukraine?utm_source=feed&utm_medium=rss&lang=en and "
    "www.harbour.example/archive/poland/hungary/slovakia/grain.html or write to desk@harbour.example about it.",
    "names in their script": "The president of China (中华人民共和国) met the president of Russia (Российская Федерация) in Samarkand, "
    "and both of them said that they would build a railway across the steppe.",
}

OTHERS = {
    "German": "Polen hat am Dienstag zweihundert Lastwagen mit Getreide in die Ukraine geschickt, und aus Warschau hieß es, dass weitere "
    "folgen werden. Ungarn bestreitet, dass es die Straße gesperrt hat.",
    "French": "La Pologne a envoyé mardi deux cents camions de blé en Ukraine, et les autorités de Varsovie ont dit que d'autres suivraient. "
    "La Hongrie nie avoir fermé la route aux convois.",
    "Spanish": "Polonia envió el martes doscientos camiones de trigo a Ucrania, y las autoridades de Varsovia dijeron que habrá más. "
    "Hungría niega que haya cerrado la carretera a los convoyes de sus vecinos.",
    "Italian": "La Polonia ha inviato martedì duecento camion di grano in Ucraina, e le autorità di Varsavia hanno detto che ne seguiranno altri. "
    "L'Ungheria nega di aver chiuso la strada ai convogli.",
    "Portuguese": "A Polónia enviou na terça-feira duzentos camiões de trigo para a Ucrânia, e as autoridades de Varsóvia disseram que mais "
    "vão seguir. A Hungria nega que tenha fechado a estrada aos comboios.",
    "Dutch": "Polen heeft dinsdag tweehonderd vrachtwagens met graan naar Oekraïne gestuurd, en in Warschau zegt men dat er meer zullen "
    "volgen. Hongarije ontkent dat het de weg voor de konvooien heeft gesloten of wil sluiten.",
    "Swedish": "Polen skickade på tisdagen tvåhundra lastbilar med spannmål till Ukraina, och i Warszawa säger man att fler ska följa. "
    "Ungern förnekar att landet har stängt vägen för konvojerna från grannlandet.",
    "Danish": "Polen sendte tirsdag to hundrede lastbiler med korn til Ukraine, og i Warszawa siger man, at flere vil følge efter. "
    "Ungarn afviser, at landet har lukket vejen for konvojerne fra nabolandet.",
    "Finnish": "Puola lähetti tiistaina kaksisataa kuorma-autoa viljaa Ukrainaan, ja Varsovassa kerrottiin, että lisää on tulossa. "
    "Unkari kiisti, että se olisi sulkenut tien saattueilta, mutta sanoi myös, että tie on huonossa kunnossa ja ettei sitä ole korjattu.",
    "Polish": "Polska wysłała we wtorek dwieście ciężarówek ze zbożem na Ukrainę, a władze w Warszawie mówią, że będą następne. "
    "Węgry zaprzeczają, że zamknęły drogę dla konwojów, które jadą przez ich kraj do portów.",
    "Czech": "Polsko poslalo v úterý na Ukrajinu dvě stě nákladních aut s obilím a podle úřadů ve Varšavě budou další následovat. "
    "Maďarsko popírá, že by silnici pro konvoje uzavřelo, ale tvrdí, že je v špatném stavu.",
    "Hungarian": "Lengyelország kedden kétszáz teherautó gabonát küldött Ukrajnába, és Varsóban azt mondták, hogy ez még nem minden. "
    "Magyarország tagadja, hogy lezárta volna az utat a konvojok előtt, de szerinte az út rossz állapotban van.",
    "Romanian": "Polonia a trimis marți două sute de camioane cu grâu în Ucraina, iar autoritățile de la Varșovia au spus că vor urma altele. "
    "Ungaria neagă că a închis drumul pentru convoaiele care vin din țara vecină.",
    "Croatian": "Poljska je u utorak poslala dvjesto kamiona žita u Ukrajinu, a vlasti u Varšavi kažu da će ih biti još. "
    "Mađarska niječe da je zatvorila cestu za konvoje koji idu prema lukama na moru.",
    "Turkish": "Polonya salı günü Ukrayna'ya iki yüz kamyon tahıl gönderdi ve Varşova'daki yetkililer daha fazlasının da geleceğini söyledi. "
    "Macaristan ise yolu konvoylara kapattığı iddiasını reddetti, ancak yolun çok kötü olduğunu ve bir an önce onarılması gerektiğini bildirdi.",
    "Indonesian": "Polandia mengirim dua ratus truk gandum ke Ukraina pada hari Selasa, dan pejabat di Warsawa mengatakan bahwa masih ada "
    "lagi yang akan menyusul. Hungaria membantah telah menutup jalan untuk konvoi tersebut.",
    "Vietnamese": "Ba Lan đã gửi hai trăm xe tải lúa mì cho Ukraina vào thứ Ba, và các quan chức ở Warszawa nói rằng sẽ còn nhiều xe nữa. "
    "Hungary không thừa nhận là đã đóng đường đối với các đoàn xe.",
    "Swahili": "Poland ilituma malori mia mbili ya ngano kwa Ukraine siku ya Jumanne, na maafisa wa Warsaw walisema kwamba mengine "
    "yatafuata. Hungary ilikanusha kuwa imefunga barabara kwa ajili ya misafara hiyo ya nchi jirani.",
    "Russian": "Польша отправила во вторник двести грузовиков с зерном на Украину.",
    "Ukrainian": "Польща відправила у вівторок двісті вантажівок із зерном до України.",
    "Greek": "Η Πολωνία έστειλε την Τρίτη διακόσια φορτηγά με σιτάρι στην Ουκρανία.",
    "Arabic": "أرسلت بولندا يوم الثلاثاء مئتي شاحنة محملة بالحبوب إلى أوكرانيا.",
    "Hebrew": "פולין שלחה ביום שלישי מאתיים משאיות עם תבואה לאוקראינה.",
    "Hindi": "पोलैंड ने मंगलवार को यूक्रेन को अनाज के दो सौ ट्रक भेजे और वारसॉ के अधिकारियों ने कहा कि और भी आएंगे।",
    "Chinese": "波兰周二向乌克兰派出两百辆装载粮食的卡车，华沙的官员表示还会有更多的车辆前往，匈牙利否认封锁道路。",
    "Japanese": "ポーランドは火曜日、穀物を積んだトラック二百台をウクライナに送った。ハンガリーは道路を閉鎖したことを否定した。",
    "Korean": "폴란드는 화요일에 곡물을 실은 트럭 이백 대를 우크라이나에 보냈고, 헝가리는 도로를 폐쇄했다는 주장을 부인했다.",
    "Esperanto, of which no list is kept": "Pollando sendis marde ducent kamionojn da greno al Ukrainio, kaj oficistoj en Varsovio diris ke pli "
    "da ili sekvos. Hungario neas ke ĝi fermis la vojon kontraŭ la karavanoj, kvankam ĝi konfesas ke la vojo estas tre malbona.",
}


@pytest.mark.parametrize("text", ENGLISH.values(), ids=ENGLISH)
def test_english_passes(text: str) -> None:
    assert is_english(text)


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_another_language_is_told(text: str) -> None:
    assert not is_english(text)


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_a_few_foreign_words_prove_nothing(text: str) -> None:
    assert is_english(" ".join(text[:25].split()[:3]))


@given(st.text(max_size=500))
def test_any_text_gets_an_answer(text: str) -> None:
    assert is_english(text) in (True, False)


def test_an_endless_run_takes_no_time() -> None:
    for piece in ("a", "@", "www.", "a@", "://"):
        assert is_english(piece * 100_000)


def test_table_of_function_words_is_whole() -> None:
    table = _function_words()
    assert len(table) > 30
    for language, words in table.items():
        assert len(words) >= 25, language
        assert all(word == word.strip() and word for word in words), language
