pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import HallKiosk
import "../components"

// Who, what for, and what to have ready: then one tap prints the ticket.
Item {
    id: root

    required property KioskViewModel kiosk
    readonly property bool dense: !Theme.portrait && kiosk.chosenServices.length > 1
    readonly property int valueSize: dense ? 36 : 44

    Column {
        id: message

        x: Theme.margin
        y: Theme.portrait ? 64 : 48
        width: Theme.portrait ? root.width - 2 * Theme.margin : root.width * 0.5 - 1.5 * Theme.margin
        spacing: Theme.portrait ? 36 : 24

        Label {
            width: parent.width
            text: qsTr("Is this correct?")
            font.pixelSize: Theme.title
            font.bold: true
            lineHeight: 1.05
        }
        Card {
            width: parent.width
            height: facts.height + 80

            ColumnLayout {
                id: facts

                x: 44
                y: 40
                width: parent.width - 88
                spacing: root.dense ? 20 : 32

                Fact {
                    Layout.fillWidth: true
                    visible: root.kiosk.visitorName !== ""
                    icon: Icons.person
                    caption: qsTr("Name")
                    value: root.kiosk.visitorName
                    valueFamily: "Noto Sans"
                    valueSize: root.valueSize
                    dense: root.dense
                }
                Fact {
                    Layout.fillWidth: true
                    icon: Icons.document
                    caption: qsTr("Service")
                    value: root.kiosk.chosenServices.join("\n")
                    valueSize: root.valueSize
                    dense: root.dense
                }
                Fact {
                    Layout.fillWidth: true
                    icon: Icons.clock
                    caption: qsTr("Appointment")
                    value: root.kiosk.hasReservation ? root.kiosk.reservationTime + "  ·  " + root.kiosk.reservationDate : qsTr("Without an appointment")
                    valueSize: root.valueSize
                    dense: root.dense
                }
            }
        }
    }

    Checklist {
        x: Theme.portrait ? Theme.margin : message.x + message.width + Theme.margin
        y: Theme.portrait ? message.y + message.height + 40 : message.y
        width: message.width
        visible: root.kiosk.materials.length > 0
        items: root.kiosk.materials
        room: buttons.y - y - 32
    }

    RowLayout {
        id: buttons

        x: Theme.portrait ? Theme.margin : message.x + message.width + Theme.margin
        y: root.height - height - (Theme.portrait ? 56 : 40)
        width: message.width
        spacing: Theme.gap

        KioskButton {
            objectName: "back"
            visible: root.kiosk.canGoBack
            kind: KioskButton.Secondary
            icon: root.kiosk.backToDocument ? Icons.passport : Icons.backward
            text: root.kiosk.backToDocument ? qsTr("Use another document") : qsTr("Back")
            fontSize: root.kiosk.backToDocument ? 34 : Theme.button
            Layout.preferredWidth: root.kiosk.backToDocument ? 340 : implicitWidth
            Layout.preferredHeight: Theme.portrait ? 148 : 128
            onTapped: root.kiosk.backPressed()
        }
        KioskButton {
            objectName: "confirm"
            Layout.fillWidth: true
            Layout.preferredHeight: Theme.portrait ? 148 : 128
            fontSize: 48
            icon: Icons.ticket
            text: qsTr("Print my ticket")
            onTapped: root.kiosk.confirmPressed()
        }
    }
}
