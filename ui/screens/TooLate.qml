import QtQuick
import HallKiosk
import "../components"

Mismatch {
    icon: Icons.clock
    title: qsTr("The time of your appointment has passed")
    text: qsTr("We can still serve you today: you get a number in the queue without appointments.")
    walkInText: qsTr("Get a number in the queue")
}
