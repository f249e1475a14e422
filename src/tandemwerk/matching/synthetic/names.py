"""First and last names of many backgrounds; only their combinations make a person."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Background:
    """weight: per cent of people. language: mother tongue beside German, ISO 639-1, or ""."""

    name: str
    weight: float
    language: str
    first: tuple[str, ...]
    last: tuple[str, ...]


def _compound(fronts: str, ends: str) -> tuple[str, ...]:
    return tuple(front + end for front in fronts.split() for end in ends.split())


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


BACKGROUNDS: tuple[Background, ...] = (
    Background(
        "German-speaking", 52, "",
        _words(
            "Anna Lena Julia Katrin Sabine Petra Birgit Jana Laura Marie Sophie Franziska Silke "
            "Antje Ute Nele Charlotte Johanna Theresa Miriam Lukas Jonas Felix Tim Jan Stefan "
            "Markus Thomas Andreas Michael Uwe Bernd Holger Sven Florian Matthias Tobias Moritz "
            "Paul Emil Konrad Alexander Simon Robin Kim Toni"
        ),
        _compound(
            "Ahorn Erlen Hasel Linden Wiesen Stein Mühl Tannen Heide Lerchen Silber Winter Brunn "
            "Falken Roggen Sonnen",
            "kamp brink hoff bach beck mann feld rieder thal wald",
        ),
    ),
    Background(
        "Turkish", 8, "tr",
        _words("Elif Zeynep Ayşe Merve Esra Büşra Defne Emre Mehmet Murat Can Deniz Burak Ömer "
               "Hakan Selin"),
        _words("Yıldız Kaya Demir Şahin Çelik Aydın Öztürk Arslan Doğan Kılıç Aslan Çetin Kara "
               "Koç Kurt Özdemir"),
    ),
    Background(
        "Polish and Czech", 6, "pl",
        _words("Agnieszka Katarzyna Magdalena Ewa Joanna Kinga Zuzanna Piotr Tomasz Krzysztof "
               "Paweł Michał Łukasz Marek Jakub Jiří"),
        _words("Wiśniewski Kowalczyk Zieliński Lewandowski Wójcik Kamiński Mazur Krawczyk "
               "Nowicki Pawlak Dudek Sikora Novák Dvořák Król Wróbel"),
    ),
    Background(
        "Russian- and Ukrainian-speaking", 6, "ru",
        _words("Olena Natalia Oksana Irina Svetlana Daria Kateryna Andrij Dmytro Sergej Viktor "
               "Oleksandr Ivan Maxim Artem Nikita"),
        _words("Shevchenko Kovalenko Bondarenko Melnyk Petrenko Sokolov Morozov Volkov Lebedev "
               "Tkachenko Kravchenko Marchenko Orlov Pavlenko Romanenko Fedorov"),
    ),
    Background(
        "Arabic-speaking", 5, "ar",
        _words("Amira Layla Noor Rania Yasmin Salma Hiba Omar Karim Youssef Samir Tarek Bilal "
               "Hassan Nabil Ziad"),
        _words("Haddad Khalil Mansour Najjar Saleh Aziz Hamdan Darwish Jaber Qasim Nasser Farah "
               "Sabbagh Tahan Zidan Shahin"),
    ),
    Background(
        "South-east European", 6, "hr",
        _words("Ana Ivana Jelena Mila Elena Ioana Eleni Maria Marko Luka Nikola Dragan Bojan "
               "Andrei Dimitris Goran"),
        _words("Horvat Kovačević Petrović Jovanović Babić Marić Popović Ionescu Popescu "
               "Papadakis Nikolaidis Dimitrov Ivanova Hoxha Krasniqi Begić"),
    ),
    Background(
        "Italian and Spanish", 5, "it",
        _words("Giulia Chiara Francesca Alessia Lucía Carmen Paola Matteo Luca Davide Marco "
               "Pablo Javier Andrés Enzo Diego"),
        _words("Rossi Ferrari Bianchi Romano Greco Conti Marino García Fernández Ruiz Moreno "
               "Navarro Costa Rinaldi Serra Delgado"),
    ),
    Background(
        "North-west European", 5, "en",
        _words("Emma Charlotte Sanne Freya Camille Élodie Ingrid Fiona James Oliver Daan Lars "
               "Antoine Mathieu Erik Callum"),
        _words("Walker Hughes Bennett Murphy Visser Bakker Jansen Dubois Laurent Moreau Lindqvist "
               "Nilsson Hansen Andersen Fraser Doyle"),
    ),
    Background(
        "Iranian and Afghan", 3, "fa",
        _words("Shirin Parisa Leila Maryam Nasrin Reza Amir Farid Kian Navid Arash Omid"),
        _words("Hosseini Rahimi Karimi Ahmadi Moradi Azizi Noori Farahani Rezaei Sadeghi Tehrani "
               "Yousefi"),
    ),
    Background(
        "Vietnamese and Chinese", 2, "vi",
        _words("Linh Mai Thao Huong Lan Minh Tuan Duc Wei Jing"),
        _words("Nguyen Tran Pham Hoang Vu Dang Bui Wang Zhang Chen"),
    ),
    Background(
        "Indian", 1, "hi",
        _words("Priya Anjali Kavya Meera Arjun Rohan Vikram Sanjay"),
        _words("Sharma Patel Iyer Gupta Reddy Nair Mehta Kapoor"),
    ),
    Background(
        "West and East African", 1, "sw",
        _words("Abena Amina Ngozi Wanjiru Kwame Chidi Kofi Tesfaye"),
        _words("Mensah Okafor Owusu Adeyemi Kamau Diallo Bekele Asante"),
    ),
)  # fmt: skip
