pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import HallKiosk
import "../components"

ScreenLayout {
    id: root

    required property KioskViewModel kiosk
    readonly property int perPage: Theme.portrait ? 4 : kiosk.reservations.count > 3 ? 2 : 3

    actionWidth: Theme.portrait ? width - 2 * Theme.margin : width * 0.52
    title: qsTr("Which appointment is it?")
    text: qsTr("You have more than one today. Choose the one that you want to check in for.")
    picture: Item {
        Badge {
            anchors.centerIn: parent
            within: parent
            icon: Icons.calendar
        }
    }

    Repeater {
        model: root.kiosk.reservations
        ChoiceCard {
            required property int index
            required property string reservationId
            required property string services
            required property string time
            required property string date

            objectName: "reservation-" + reservationId
            Layout.fillWidth: true
            visible: Math.floor(index / root.perPage) === pager.page
            lead: time
            title: services
            note: date
            onTapped: root.kiosk.reservationChosen(reservationId)
        }
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.gap

        KioskButton {
            objectName: "back"
            Layout.fillWidth: !pager.visible
            Layout.preferredWidth: 260
            Layout.preferredHeight: pager.visible ? 104 : Theme.touch
            fontSize: pager.visible ? 32 : Theme.button
            kind: KioskButton.Secondary
            icon: pager.visible ? "" : Icons.passport
            text: qsTr("Use another document")
            onTapped: root.kiosk.backPressed()
        }
        Pager {
            id: pager
            Layout.fillWidth: true
            pages: Math.ceil(root.kiosk.reservations.count / root.perPage)
        }
    }
}
